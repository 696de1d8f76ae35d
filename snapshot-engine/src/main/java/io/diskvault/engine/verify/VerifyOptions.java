package io.diskvault.engine.verify;

/// What a verification does.
///
/// @param depth how closely it looks
/// @param recordDamage whether damaged places are written down in the datastore, so that the next backup stores anew
///     what was there; `false` changes nothing in the datastore
public record VerifyOptions(Depth depth, boolean recordDamage) {

    public static final VerifyOptions FULL = new VerifyOptions(Depth.FULL, true);
    public static final VerifyOptions STRUCTURE = new VerifyOptions(Depth.STRUCTURE, true);

    /// How closely a verification looks.
    public enum Depth {
        /// Records, manifests, index, and the headers and tables of packs: everything but the content of disks.
        STRUCTURE,
        /// Every byte of every file, and every chunk that a recovery point needs opened.
        FULL
    }

    boolean full() {
        return depth == Depth.FULL;
    }
}
