package io.diskvault.engine.overlay;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.OverlayUnusableException;
import io.diskvault.engine.format.Checksum;
import io.diskvault.engine.format.FileFormat;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The beginning of an overlay: which disk it belongs to.
///
/// @param datastore the id of the datastore that the base is in
/// @param disk whose recovery point the base is
/// @param point which one
/// @param content tells two recovery points of one name apart
/// @param diskBytes the size of the disk
/// @param blockBytes how long a block is, a power of two
public record OverlayHeader(
        String datastore, String disk, String point, String content, long diskBytes, int blockBytes) {

    static final FileFormat FORMAT = new FileFormat("recovery point's overlay", "DVOVERL\n", 1);
    static final int BYTES = 4096;

    private static final int TEXT_BYTES_MAX = 512;

    public OverlayHeader {
        if (diskBytes < 0
                || blockBytes < StatePage.BYTES
                || Integer.bitCount(blockBytes) != 1
                || Math.ceilDiv(diskBytes, blockBytes) / StatePage.BLOCKS >= Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "No overlay is like that: " + diskBytes + " bytes in blocks of " + blockBytes);
        }
    }

    ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        FORMAT.writeHeader(bytes);
        bytes.putLong(diskBytes).putInt(blockBytes);
        for (String text : new String[] {datastore, disk, point, content}) {
            byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            if (encoded.length > TEXT_BYTES_MAX) {
                throw new IllegalArgumentException("Too long for an overlay: " + text);
            }
            bytes.putShort((short) encoded.length).put(encoded);
        }
        int end = BYTES - Checksum.CRC_BYTES;
        return bytes.putInt(end, Checksum.crc32c(bytes.slice(0, end))).rewind();
    }

    /// @param file what to call it in messages
    static OverlayHeader decode(ByteBuffer bytes, String file) throws DatastoreException {
        if (!FORMAT.isLikely(bytes)) {
            throw new OverlayUnusableException(
                    file + " is no overlay: it does not begin like one. Choose another file.");
        }
        int end = BYTES - Checksum.CRC_BYTES;
        int checksum = bytes.getInt(end);
        boolean whole = checksum == Checksum.crc32c(bytes.slice(0, end));
        FORMAT.readHeader(bytes, file);
        try {
            long diskBytes = bytes.getLong();
            int blockBytes = bytes.getInt();
            OverlayHeader header =
                    new OverlayHeader(text(bytes), text(bytes), text(bytes), text(bytes), diskBytes, blockBytes);
            if (whole) {
                return header;
            }
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            throw new CorruptDatastoreException(file + " is damaged: its beginning makes no sense.", e);
        }
        throw new CorruptDatastoreException(file + " is damaged: the checksum of its beginning is wrong.");
    }

    private static String text(ByteBuffer bytes) {
        byte[] encoded = new byte[Short.toUnsignedInt(bytes.getShort())];
        bytes.get(encoded);
        return new String(encoded, StandardCharsets.UTF_8);
    }

    /// Which recovery point it is, for people.
    public String subject() {
        return "recovery point " + point + " of " + disk + " in datastore " + datastore;
    }

    long blockCount() {
        return Math.ceilDiv(diskBytes, blockBytes);
    }

    int pageCount() {
        return (int) Math.ceilDiv(blockCount(), StatePage.BLOCKS);
    }

    /// Where the content of the first block stands.
    long contentStart() {
        long states = BYTES + (long) pageCount() * StatePage.BYTES;
        return Math.ceilDiv(states, blockBytes) * (long) blockBytes;
    }

    /// How many bytes the disk has in a block.
    int blockLength(long block) {
        return (int) Math.min(blockBytes, diskBytes - block * blockBytes);
    }
}
