package io.diskvault.engine.datastore;

import io.diskvault.engine.work.Stage;

/// How the one who started some work follows it and can end it. All methods are called by the thread that does the
/// work, many times a second, and must be quick.
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
    /// @param totalBytes a backup's data to be read, or a restore's to be written or found; always the same
    void progress(long doneBytes, long totalBytes);

    /// How far a stage is that is counted by itself. A collection has nothing else. A backup can end with merging the
    /// index; its recovery point exists by then, so that cannot be cancelled any more.
    ///
    /// @param doneBytes never less than before, until the stage is begun again; never more than the total
    /// @param totalBytes always the same, until the stage is begun again
    default void progress(Stage stage, long doneBytes, long totalBytes) {}

    /// A restore has found what an earlier one has left that was killed, and goes on with it.
    default void resumed() {}

    /// Whether somebody will go on with what is given up now, as after a kill: then what a restore to a new file has
    /// written so far is left where the next one finds it.
    default boolean continued() {
        return false;
    }

    /// Whether to give up. The work then ends with a [java.util.concurrent.CancellationException].
    boolean cancelled();
}
