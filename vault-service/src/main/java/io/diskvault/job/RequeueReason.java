package io.diskvault.job;

/// Why a job that was claimed is queued again.
public enum RequeueReason {
    /// Its worker's lease lapsed.
    WORKER_LOST,
    /// Its server was stopped in the middle of it, in an orderly way.
    SERVER_STOPPED
}
