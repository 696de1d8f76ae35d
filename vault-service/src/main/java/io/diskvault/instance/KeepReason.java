package io.diskvault.instance;

/// What keeps a recovery point.
public enum KeepReason {
    /// Its time is not up.
    TIME_LEFT,
    /// It is what could be restored if no further backup succeeded.
    NEWEST,
    /// Somebody set a legal hold on it.
    LEGAL_HOLD,
    /// Somebody reads it as a disk.
    EXPORTED,
    /// Nothing expires while protection is stopped.
    PROTECTION_STOPPED,
    /// Everything is kept until the deleted instance is purged.
    SOFT_DELETED
}
