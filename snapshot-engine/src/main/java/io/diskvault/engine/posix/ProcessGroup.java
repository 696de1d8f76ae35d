package io.diskvault.engine.posix;

/// All processes that one process has started, if it began a group of its own: also those that outlived it.
public final class ProcessGroup {

    private static final int SIGKILL = 9;

    private ProcessGroup() {}

    /// Ends the processes of a group at once. There need not be any.
    ///
    /// @param leader the process that began the group
    public static void kill(long leader) {
        if (leader <= 1) {
            throw new IllegalArgumentException("No process group of a started process has the number " + leader + ".");
        }
        LibC.kill((int) -leader, SIGKILL);
    }
}
