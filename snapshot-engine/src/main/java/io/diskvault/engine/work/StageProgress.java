package io.diskvault.engine.work;

/// Is told how far a stage is, again and again.
@FunctionalInterface
public interface StageProgress {

    /// For those whom nobody watches.
    StageProgress NONE = (_, _, _) -> {};

    /// @param doneBytes never less than before, until the stage is begun again; never more than the total
    /// @param totalBytes the same as long as the stage lasts
    void reached(Stage stage, long doneBytes, long totalBytes);
}
