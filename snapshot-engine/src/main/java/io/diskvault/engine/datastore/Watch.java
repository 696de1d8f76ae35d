package io.diskvault.engine.datastore;

/// How the one who started a backup or restore follows it and can end it. Both methods are called by the thread that
/// does the backup or restore, many times a second, and must be quick.
public interface Watch {

    /// A watch that looks away.
    Watch NONE = new Watch() {
        @Override
        public void progress(long doneBytes, long totalBytes) {}

        @Override
        public boolean cancelled() {
            return false;
        }
    };

    /// @param doneBytes never less than before, never more than the total
    /// @param totalBytes a backup's data to be read, or a restore's data to be written; always the same
    void progress(long doneBytes, long totalBytes);

    /// Whether to give up. The backup or restore then ends with a [java.util.concurrent.CancellationException].
    boolean cancelled();
}
