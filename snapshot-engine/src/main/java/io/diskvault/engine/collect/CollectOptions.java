package io.diskvault.engine.collect;

/// How a datastore is to be collected.
///
/// @param dryRun whether only to say what would be done; nothing is written then, not even a lease
/// @param deadShareMin the share of a pack that must be dead before what lives in it is copied and the pack deleted;
///     more than 0, at most 1. Packs that are wholly dead always go. A smaller share saves space and costs copying:
///     with a share of d at most (1 − d) / d bytes are copied for each byte that is freed, and at most d of the
///     packs' bytes stay dead
public record CollectOptions(boolean dryRun, double deadShareMin) {

    /// Copies at most three bytes for each that is freed, and leaves at most a quarter dead: like the settings that
    /// others have arrived at, between Borg's (0.1) and what a log-structured file system waits for.
    public static final double DEAD_SHARE_MIN_DEFAULT = 0.25;

    public static final CollectOptions DEFAULT = new CollectOptions(false, DEAD_SHARE_MIN_DEFAULT);

    public static final CollectOptions DRY_RUN = new CollectOptions(true, DEAD_SHARE_MIN_DEFAULT);

    public CollectOptions {
        if (!(deadShareMin > 0 && deadShareMin <= 1)) {
            throw new IllegalArgumentException(
                    "The dead share must be more than 0 and at most 1, not " + deadShareMin + ".");
        }
    }
}
