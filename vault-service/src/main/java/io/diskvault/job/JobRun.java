package io.diskvault.job;

/// One attempt at a job, as its runner sees it.
public final class JobRun {
    /// Bytes done and to be done; both 0 until the runner knows.
    public record Progress(long doneBytes, long totalBytes) {}

    private final JobId job;
    private final JobOrder order;
    private final int attempt;
    private volatile Progress progress = new Progress(0, 0);
    private volatile boolean stopped;
    private volatile boolean unwanted;
    private volatile boolean lost;

    JobRun(JobId job, JobOrder order, int attempt) {
        this.job = job;
        this.order = order;
        this.attempt = attempt;
    }

    public JobId job() {
        return job;
    }

    public JobOrder order() {
        return order;
    }

    public int attempt() {
        return attempt;
    }

    /// Reports how far the run is. Cheap; may be called for every chunk.
    public void report(long doneBytes, long totalBytes) {
        progress = new Progress(doneBytes, totalBytes);
    }

    /// Whether the run should end as soon as it can: the job was cancelled, its lease was lost or the server stops.
    public boolean cancelled() {
        return stopped;
    }

    /// Whether the job was cancelled: no other attempt will go on with what this one leaves.
    public boolean unwanted() {
        return unwanted;
    }

    Progress progress() {
        return progress;
    }

    void stop() {
        stopped = true;
    }

    /// Nobody wants what the job does any more.
    void cancel() {
        unwanted = true;
        stop();
    }

    /// Another node may have the job by now: the run ends and says nothing.
    void lose() {
        lost = true;
        stop();
    }

    boolean lost() {
        return lost;
    }
}
