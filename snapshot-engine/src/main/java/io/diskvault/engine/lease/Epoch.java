package io.diskvault.engine.lease;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.format.Checksum;
import io.diskvault.engine.format.FileFormat;
import io.diskvault.engine.pack.PackId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/// What one epoch file says; `docs/datastore-format.md` shows its bytes. Never changes.
///
/// @param number counted from 1; epoch 0 has no file and condemns nothing
/// @param condemned packs that nothing new may rely on, because they are to be deleted; what lives in them is
///     copied first. The work of writers who were still busy can be among them: to their owners, whose leases are
///     older, that means nothing
/// @param leftovers names of unfinished files that existed when the epoch was made; their writers are as old
public record Epoch(long number, NavigableSet<PackId> condemned, List<String> leftovers) {

    /// The epoch of a datastore that was never collected.
    public static final Epoch FIRST = new Epoch(0, new TreeSet<>(), List.of());

    static final FileFormat FORMAT = new FileFormat("epoch", "DVEPOCH\n", 1);

    /// More than any collector lists at once.
    static final int BYTES_MAX = 16 << 20;

    public Epoch {
        condemned = Collections.unmodifiableNavigableSet(new TreeSet<>(condemned));
        leftovers = List.copyOf(leftovers);
        if (number < 0) {
            throw new IllegalArgumentException("There is no epoch " + number + ".");
        }
    }

    /// Whether nothing new may rely on a pack.
    public boolean forbids(PackId pack) {
        return condemned.contains(pack);
    }

    ByteBuffer encode() {
        List<byte[]> names = leftovers.stream()
                .map(name -> name.getBytes(StandardCharsets.UTF_8))
                .toList();
        int nameBytes =
                names.stream().mapToInt(name -> Short.BYTES + name.length).sum();
        ByteBuffer bytes = ByteBuffer.allocate(FileFormat.HEADER_BYTES
                + Long.BYTES
                + 2 * Integer.BYTES
                + condemned.size() * PackId.BYTES
                + nameBytes
                + Checksum.CRC_BYTES);
        FORMAT.writeHeader(bytes);
        bytes.putLong(number).putInt(condemned.size()).putInt(names.size());
        condemned.forEach(pack -> pack.writeTo(bytes));
        names.forEach(name -> bytes.putShort((short) name.length).put(name));
        bytes.putInt(Checksum.crc32c(bytes.slice(0, bytes.position())));
        return bytes.flip();
    }

    static Epoch decode(byte[] content, String file, long number) throws DatastoreException {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        FORMAT.readHeader(bytes, file);
        int checked = content.length - Checksum.CRC_BYTES;
        if (checked < bytes.position() || bytes.getInt(checked) != Checksum.crc32c(bytes.slice(0, checked))) {
            throw damaged(file, "its checksum is wrong");
        }
        bytes.limit(checked);
        try {
            if (bytes.getLong() != number) {
                throw damaged(file, "it is another epoch's file");
            }
            int condemnedCount = bytes.getInt();
            int nameCount = bytes.getInt();
            TreeSet<PackId> condemned = packs(bytes, condemnedCount);
            List<String> names = new ArrayList<>();
            for (int i = 0; i < nameCount; i++) {
                byte[] name = new byte[Short.toUnsignedInt(bytes.getShort())];
                bytes.get(name);
                names.add(new String(name, StandardCharsets.UTF_8));
            }
            if (bytes.hasRemaining()) {
                throw damaged(file, "something follows where it should end");
            }
            return new Epoch(number, condemned, names);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new CorruptDatastoreException(file + " is damaged: its lists make no sense. Run collect.", e);
        }
    }

    private static TreeSet<PackId> packs(ByteBuffer bytes, int count) {
        TreeSet<PackId> packs = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            packs.add(PackId.readFrom(bytes));
        }
        return packs;
    }

    private static CorruptDatastoreException damaged(String file, String how) {
        return new CorruptDatastoreException(file + " is damaged: " + how
                + ". So nobody knows what it condemns. Run collect, which makes another one when nobody is at work.");
    }
}
