package io.diskvault.engine.manifest;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.chunk.Fingerprint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One node of a manifest: up to 64 children, each in its slot.
///
/// @param level 0 for a leaf, whose children are blocks
/// @param present bit i is set when slot i has a child
/// @param children the ids of the children that are there, in the order of their slots
/// @param fingerprints of these blocks, in the same order; none above the leaves
public record ManifestNode(int level, long present, List<ChunkId> children, List<Fingerprint> fingerprints) {

    public static final int SLOTS = Long.SIZE;
    private static final int MAGIC = 0x44564e44; // DVND
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = Integer.BYTES + 4 + Long.BYTES;
    public static final int BYTES_MAX = HEADER_BYTES + SLOTS * (ChunkId.BYTES + Fingerprint.BYTES);

    public ManifestNode {
        children = List.copyOf(children);
        fingerprints = List.copyOf(fingerprints);
        if (children.size() != Long.bitCount(present) || fingerprints.size() != (level == 0 ? children.size() : 0)) {
            throw new IllegalArgumentException("There must be one child for each slot that is taken,"
                    + " and in a leaf a fingerprint for each child.");
        }
    }

    public boolean isEmpty() {
        return present == 0;
    }

    public Optional<ChunkId> child(int slot) {
        return has(slot) ? Optional.of(children.get(rank(slot))) : Optional.empty();
    }

    /// The child in a slot of a leaf, if its block had this fingerprint.
    public Optional<ChunkId> child(int slot, Fingerprint fingerprint) {
        return child(slot).filter(_ -> fingerprints.get(rank(slot)).equals(fingerprint));
    }

    /// The fingerprint of the block in a slot of a leaf.
    public Optional<Fingerprint> fingerprint(int slot) {
        return has(slot) ? Optional.of(fingerprints.get(rank(slot))) : Optional.empty();
    }

    private boolean has(int slot) {
        return (present & 1L << slot) != 0;
    }

    private int rank(int slot) {
        return Long.bitCount(present & ((1L << slot) - 1));
    }

    /// The first slot at or after one that has a child; [#SLOTS] when there is none.
    public int nextPresent(int slot) {
        return slot >= SLOTS ? SLOTS : Long.numberOfTrailingZeros(present & (-1L << slot));
    }

    /// The first slot at or after one that has none; [#SLOTS] when there is none.
    public int nextAbsent(int slot) {
        return slot >= SLOTS ? SLOTS : Long.numberOfTrailingZeros(~present & (-1L << slot));
    }

    public byte[] encode() {
        ByteBuffer bytes = ByteBuffer.allocate(encodedBytes(level, children.size()));
        bytes.putInt(MAGIC).put((byte) VERSION).put((byte) level).putShort((short) 0);
        bytes.putLong(present);
        children.forEach(child -> child.writeTo(bytes));
        fingerprints.forEach(fingerprint -> fingerprint.writeTo(bytes));
        return bytes.array();
    }

    private static int encodedBytes(int level, int children) {
        return HEADER_BYTES + children * (ChunkId.BYTES + (level == 0 ? Fingerprint.BYTES : 0));
    }

    /// Reads a node from the content of a chunk.
    ///
    /// @param expectedLevel where in the tree the node was found
    public static ManifestNode decode(ByteBuffer bytes, ChunkId id, int expectedLevel)
            throws CorruptDatastoreException {
        int length = bytes.remaining();
        if (length < HEADER_BYTES
                || bytes.getInt() != MAGIC
                || bytes.get() != VERSION
                || bytes.get() != expectedLevel
                || bytes.getShort() != 0) {
            throw malformed(id, expectedLevel);
        }
        long present = bytes.getLong();
        int count = Long.bitCount(present);
        if (count == 0 || length != encodedBytes(expectedLevel, count)) {
            throw malformed(id, expectedLevel);
        }
        List<ChunkId> children = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            children.add(ChunkId.readFrom(bytes));
        }
        List<Fingerprint> fingerprints = new ArrayList<>(count);
        while (bytes.hasRemaining()) {
            fingerprints.add(Fingerprint.readFrom(bytes));
        }
        return new ManifestNode(expectedLevel, present, children, fingerprints);
    }

    private static CorruptDatastoreException malformed(ChunkId id, int level) {
        return new CorruptDatastoreException("Chunk " + id + " is not a manifest node of level " + level + ".");
    }

    /// Collects the children of one node from its first slot to its last.
    public static final class Builder {

        private final int level;
        private final List<ChunkId> children = new ArrayList<>(SLOTS);
        private final List<Fingerprint> fingerprints = new ArrayList<>();
        private long present;

        public Builder(int level) {
            this.level = level;
        }

        public void add(int slot, ChunkId child) {
            if (slot < 0 || slot >= SLOTS || (present & (-1L << slot)) != 0) {
                throw new IllegalArgumentException("Slot " + slot + " is out of order.");
            }
            present |= 1L << slot;
            children.add(child);
        }

        /// Adds a block to a leaf.
        public void add(int slot, ChunkId child, Fingerprint fingerprint) {
            add(slot, child);
            fingerprints.add(fingerprint);
        }

        /// The node as it is now; the builder starts over.
        public ManifestNode take() {
            ManifestNode node = new ManifestNode(level, present, children, fingerprints);
            present = 0;
            children.clear();
            fingerprints.clear();
            return node;
        }
    }
}
