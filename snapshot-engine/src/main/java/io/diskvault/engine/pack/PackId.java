package io.diskvault.engine.pack;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/// The name of a pack: 16 random bytes, which also make its key unlike that of any other pack. Sorts as its bytes do.
public record PackId(long high, long low) implements Comparable<PackId> {

    public static final int BYTES = 16;
    public static final String DIRECTORY = "packs";
    private static final String SUFFIX = ".pack";

    public static PackId of(byte[] bytes) {
        return readFrom(ByteBuffer.wrap(bytes));
    }

    public static PackId readFrom(ByteBuffer bytes) {
        return new PackId(bytes.getLong(), bytes.getLong());
    }

    /// The id that a file name stands for; empty when it is not the name of a finished pack.
    public static Optional<PackId> ofFileName(String fileName) {
        if (fileName.length() != 2 * BYTES + SUFFIX.length() || !fileName.endsWith(SUFFIX)) {
            return Optional.empty();
        }
        try {
            PackId id = of(HexFormat.of().parseHex(fileName, 0, 2 * BYTES));
            return id.file().endsWith(fileName) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public void writeTo(ByteBuffer bytes) {
        bytes.putLong(high).putLong(low);
    }

    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    /// The directory that the pack lies in: one of 256, so that none gets too large.
    public String directory() {
        return DIRECTORY + "/" + toString().substring(0, 2);
    }

    public String file() {
        return directory() + "/" + this + SUFFIX;
    }

    @Override
    public int compareTo(PackId other) {
        int order = Long.compareUnsigned(high, other.high);
        return order == 0 ? Long.compareUnsigned(low, other.low) : order;
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
