package io.diskvault.engine.key;

/// What one guess at a passphrase costs. It is kept beside what the passphrase seals, so that the default can grow
/// without locking anybody out; its bounds keep a forged file from asking for terabytes or for ever.
///
/// @param memoryKiB how much memory is filled, in KiB; at least eight for each lane, at most 1 GiB
/// @param passes how often it is gone through; 1 to 16
/// @param lanes how much of it could be done at once; 1 to 16. This program does all of it on one thread
public record Argon2Cost(int memoryKiB, int passes, int lanes) {

    /// The second choice of RFC 9106 where memory is short, except that there is one lane: more of them would help
    /// only somebody who guesses with hardware of their own. Half a second in a virtual machine that has just
    /// started.
    public static final Argon2Cost DEFAULT = new Argon2Cost(64 << 10, 3, 1);

    private static final int MEMORY_KIB_MAX = 1 << 20;
    private static final int MEMORY_KIB_PER_LANE = 8;
    private static final int PASSES_MAX = 16;
    private static final int LANES_MAX = 16;

    public Argon2Cost {
        require("lanes", lanes, 1, LANES_MAX);
        require("memory in KiB", memoryKiB, MEMORY_KIB_PER_LANE * lanes, MEMORY_KIB_MAX);
        require("passes", passes, 1, PASSES_MAX);
    }

    private static void require(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "The " + what + " must be from " + least + " to " + most + ", not " + value + ".");
        }
    }
}
