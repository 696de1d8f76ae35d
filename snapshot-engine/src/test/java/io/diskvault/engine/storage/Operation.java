package io.diskvault.engine.storage;

/// One thing that was done to a directory.
public record Operation(Kind kind, String name) {

    /// What can be done.
    public enum Kind {
        CREATE,
        WRITE,
        SET_LENGTH,
        SYNC,
        PUBLISH,
        REPLACE,
        DELETE,
        CREATE_DIRECTORY,
        SYNC_DIRECTORY,
        OPEN,
        READ,
        LIST,
        EXISTS;

        /// Whether it changes what a disk holds, or makes it last.
        public boolean changes() {
            return compareTo(OPEN) < 0;
        }
    }
}
