package io.diskvault.engine.manifest;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One node of a manifest: up to 64 children, each in its slot.
///
/// @param level 0 for a leaf, whose children are blocks
/// @param present bit i is set when slot i has a child
/// @param children the ids of the children that are there, in the order of their slots
public record ManifestNode(int level, long present, List<ChunkId> children) {

    public static final int SLOTS = Long.SIZE;
    private static final int MAGIC = 0x44564e44; // DVND
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = Integer.BYTES + 4 + Long.BYTES;
    public static final int BYTES_MAX = HEADER_BYTES + SLOTS * ChunkId.BYTES;

    public ManifestNode {
        children = List.copyOf(children);
        if (children.size() != Long.bitCount(present)) {
            throw new IllegalArgumentException("There must be one child for each slot that is taken.");
        }
    }

    public boolean isEmpty() {
        return present == 0;
    }

    public Optional<ChunkId> child(int slot) {
        long bit = 1L << slot;
        return (present & bit) == 0 ? Optional.empty() : Optional.of(children.get(Long.bitCount(present & (bit - 1))));
    }

    /// The first slot at or after one that has a child; [#SLOTS] when there is none.
    public int nextPresent(int slot) {
        return slot >= SLOTS ? SLOTS : Long.numberOfTrailingZeros(present & (-1L << slot));
    }

    public byte[] encode() {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + children.size() * ChunkId.BYTES);
        bytes.putInt(MAGIC).put((byte) VERSION).put((byte) level).putShort((short) 0);
        bytes.putLong(present);
        children.forEach(child -> child.writeTo(bytes));
        return bytes.array();
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
        if (count == 0 || length != HEADER_BYTES + count * ChunkId.BYTES) {
            throw malformed(id, expectedLevel);
        }
        List<ChunkId> children = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            children.add(ChunkId.readFrom(bytes));
        }
        return new ManifestNode(expectedLevel, present, children);
    }

    private static CorruptDatastoreException malformed(ChunkId id, int level) {
        return new CorruptDatastoreException("Chunk " + id + " is not a manifest node of level " + level + ".");
    }

    /// Collects the children of one node from its first slot to its last.
    public static final class Builder {

        private final int level;
        private final List<ChunkId> children = new ArrayList<>(SLOTS);
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

        /// The node as it is now; the builder starts over.
        public ManifestNode take() {
            ManifestNode node = new ManifestNode(level, present, children);
            present = 0;
            children.clear();
            return node;
        }
    }
}
