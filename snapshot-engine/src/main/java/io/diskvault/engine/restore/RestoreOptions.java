package io.diskvault.engine.restore;

import java.util.Optional;

/// How a recovery point is restored to a file or device.
///
/// @param existing what is done about something that is there already
/// @param onDamage what is done about content that cannot be had whole
/// @param resumeKey who restores, for a restore to a new file: when it is killed, the next one of the same key to the
///     same file goes on with what it has left. Of two at the same time one is refused
public record RestoreOptions(Existing existing, OnDamage onDamage, Optional<String> resumeKey) {

    /// What is done about something that is there already.
    public enum Existing {
        /// It is left alone, and nothing is restored.
        REFUSED,

        /// A file goes when the new one is complete; a device is written to, as far as the disk goes.
        REPLACED,

        /// A file or device that must be there is compared block by block, and what differs is written
        /// where it lies: it stays the same file, with its owner and its links. When that fails or is cut
        /// off, it is part old and part new, and doing it again makes it right.
        CORRECTED
    }

    /// What is done about content that cannot be had whole.
    public enum OnDamage {
        FAIL,

        /// The rest is restored, and what is missing is named. It reads as zeros, except where something
        /// [Existing#CORRECTED] is left as it was. A restore that finds nothing whole fails all the same.
        CONTINUE
    }

    /// To a new file, all of it or nothing.
    public static final RestoreOptions NEW_FILE = of(Existing.REFUSED);

    /// To a file or device whatever is there.
    public static final RestoreOptions OVERWRITE = of(Existing.REPLACED);

    /// To a file or device that is there, writing as little as can be.
    public static final RestoreOptions ONLY_DIFFERENCES = of(Existing.CORRECTED);

    private static RestoreOptions of(Existing existing) {
        return new RestoreOptions(existing, OnDamage.FAIL, Optional.empty());
    }

    public RestoreOptions continuingOnDamage() {
        return new RestoreOptions(existing, OnDamage.CONTINUE, resumeKey);
    }

    /// @param key any text, the same for each attempt: a job's id for example
    public RestoreOptions resumableAs(String key) {
        return new RestoreOptions(existing, onDamage, Optional.of(key));
    }

    RestoreOptions notResumable() {
        return new RestoreOptions(existing, onDamage, Optional.empty());
    }
}
