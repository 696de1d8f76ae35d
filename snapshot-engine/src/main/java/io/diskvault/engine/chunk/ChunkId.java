package io.diskvault.engine.chunk;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/// The name of a chunk: 32 bytes. Sorts as its bytes do. Four numbers instead of an array, because millions of them
/// are held and compared.
public record ChunkId(long first, long second, long third, long fourth) implements Comparable<ChunkId> {

    public static final int BYTES = 32;

    public static ChunkId readFrom(ByteBuffer bytes) {
        return new ChunkId(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }

    public void writeTo(ByteBuffer bytes) {
        bytes.putLong(first).putLong(second).putLong(third).putLong(fourth);
    }

    @Override
    public int compareTo(ChunkId other) {
        int order = Long.compareUnsigned(first, other.first);
        if (order == 0) {
            order = Long.compareUnsigned(second, other.second);
        }
        if (order == 0) {
            order = Long.compareUnsigned(third, other.third);
        }
        return order == 0 ? Long.compareUnsigned(fourth, other.fourth) : order;
    }

    /// The id is random already; mixing it again would only cost time.
    @Override
    public int hashCode() {
        return Long.hashCode(first);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChunkId(long otherFirst, long otherSecond, long otherThird, long otherFourth)
                && first == otherFirst
                && second == otherSecond
                && third == otherThird
                && fourth == otherFourth;
    }

    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(first) + hex.toHexDigits(second) + hex.toHexDigits(third) + hex.toHexDigits(fourth);
    }
}
