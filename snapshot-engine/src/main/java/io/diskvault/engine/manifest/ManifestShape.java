package io.diskvault.engine.manifest;

/// How a disk of a certain size is laid out in a tree.
///
/// @param blockBytes the chunk size of the datastore
/// @param diskBytes the size of the disk
public record ManifestShape(int blockBytes, long diskBytes) {

    public static final int FANOUT = ManifestNode.SLOTS;
    private static final int FANOUT_BITS = 6;

    public ManifestShape {
        if (blockBytes < 1 || diskBytes < 0) {
            throw new IllegalArgumentException(
                    "No disk is like that: " + diskBytes + " bytes in blocks of " + blockBytes);
        }
    }

    public long blockCount() {
        return Math.ceilDiv(diskBytes, blockBytes);
    }

    public long leafBytes() {
        return (long) FANOUT * blockBytes;
    }

    /// The level of the root, if the disk has one; 0 when it is a leaf.
    public int rootLevel() {
        int level = 0;
        for (long nodes = Math.ceilDiv(blockCount(), FANOUT); nodes > 1; nodes = Math.ceilDiv(nodes, FANOUT)) {
            level++;
        }
        return level;
    }

    /// How many bytes the disk has in a block.
    public int blockLength(long block) {
        return (int) Math.min(blockBytes, diskBytes - block * blockBytes);
    }

    /// The number of the ancestor that a leaf has on a level, counted from the start of the disk.
    static long ancestorOf(long leaf, int level) {
        return leaf >>> (FANOUT_BITS * level);
    }

    /// How many leaves a node of a level has below it when nothing is absent; a leaf counts as one.
    static long leavesBelow(int level) {
        return 1L << (FANOUT_BITS * level);
    }

    /// The number of the first of them.
    static long firstLeafOf(long number, int level) {
        return number << (FANOUT_BITS * level);
    }
}
