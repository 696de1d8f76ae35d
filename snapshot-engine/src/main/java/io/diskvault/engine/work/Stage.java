package io.diskvault.engine.work;

/// A part of some work that is counted by itself, because what there is to do is known only when it begins.
public enum Stage {
    /// Finding out what recovery points need: how much of the packs is known to be needed.
    MARKING,
    /// Copying what lives in packs that are to go, and deleting them: how much of these packs is done.
    SWEEPING,
    /// Making one of many fragments of the index: how much of them was read, each twice.
    MERGING_INDEX
}
