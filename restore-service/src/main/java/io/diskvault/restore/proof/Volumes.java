package io.diskvault.restore.proof;

import io.diskvault.engine.source.DiskSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Finds the partitions of a disk, by its GPT or MBR. What such a table says is not trusted: a partition that is not on
/// the disk is left out, and no more are looked at than fit in one table.
final class Volumes {
    private static final int SECTOR = 512;
    private static final int MBR_ENTRIES = 446;
    private static final int MBR_ENTRY_BYTES = 16;
    private static final int GPT_ENTRIES_MAX = 128;
    private static final int GPT_ENTRY_BYTES_MAX = 4096;
    private static final int LOGICAL_MAX = 60;
    private static final int TYPE_GPT = 0xee;

    private final DiskSource disk;
    private final List<Volume> found = new ArrayList<>();

    private Volumes(DiskSource disk) {
        this.disk = disk;
    }

    /// The partitions; the whole disk where there is no table of any.
    static List<Volume> of(DiskSource disk) throws IOException {
        Volumes volumes = new Volumes(disk);
        volumes.look();
        return volumes.found.isEmpty() ? List.of(new Volume("disk", 0, disk.sizeBytes())) : List.copyOf(volumes.found);
    }

    private void look() throws IOException {
        if (disk.sizeBytes() < 2 * SECTOR || !isBootRecord(read(0, SECTOR))) {
            return;
        }
        // The boot sector of a file system looks like one of a disk, and what stands where partitions would is code.
        if (FileSystemKind.of(disk, new Volume("disk", 0, disk.sizeBytes())) != FileSystemKind.UNKNOWN) {
            return;
        }
        ByteBuffer record = read(0, SECTOR);
        if (hasType(record, TYPE_GPT)) {
            readGpt();
        } else {
            readMbr(record);
        }
    }

    private static boolean isBootRecord(ByteBuffer sector) {
        return (sector.getShort(SECTOR - 2) & 0xffff) == 0xaa55;
    }

    private static boolean hasType(ByteBuffer record, int type) {
        for (int i = 0; i < 4; i++) {
            if (type(record, i) == type) {
                return true;
            }
        }
        return false;
    }

    private static int type(ByteBuffer record, int entry) {
        return record.get(MBR_ENTRIES + entry * MBR_ENTRY_BYTES + 4) & 0xff;
    }

    private static long start(ByteBuffer record, int entry) {
        return Integer.toUnsignedLong(record.getInt(MBR_ENTRIES + entry * MBR_ENTRY_BYTES + 8));
    }

    private static long sectors(ByteBuffer record, int entry) {
        return Integer.toUnsignedLong(record.getInt(MBR_ENTRIES + entry * MBR_ENTRY_BYTES + 12));
    }

    private void readMbr(ByteBuffer record) throws IOException {
        for (int i = 0; i < 4; i++) {
            int type = type(record, i);
            if (isExtended(type)) {
                readLogical(start(record, i));
            } else if (type != 0) {
                add("partition " + (i + 1), start(record, i), sectors(record, i));
            }
        }
    }

    private static boolean isExtended(int type) {
        return type == 0x05 || type == 0x0f || type == 0x85;
    }

    private void readLogical(long extended) throws IOException {
        long at = extended;
        for (int number = 5; number < 5 + LOGICAL_MAX; number++) {
            if (at * SECTOR + SECTOR > disk.sizeBytes()) {
                return;
            }
            ByteBuffer record = read(at * SECTOR, SECTOR);
            if (!isBootRecord(record)) {
                return;
            }
            add("partition " + number, at + start(record, 0), sectors(record, 0));
            if (!isExtended(type(record, 1)) || start(record, 1) == 0) {
                return;
            }
            at = extended + start(record, 1);
        }
    }

    private void readGpt() throws IOException {
        ByteBuffer header = read(SECTOR, SECTOR);
        byte[] signature = new byte[8];
        header.get(0, signature);
        if (!new String(signature, StandardCharsets.ISO_8859_1).equals("EFI PART")) {
            return;
        }
        long table = header.getLong(72);
        int count = Math.clamp(header.getInt(80), 0, GPT_ENTRIES_MAX);
        int size = header.getInt(84);
        if (size < 128 || size > GPT_ENTRY_BYTES_MAX || table < 0 || table > disk.sizeBytes() / SECTOR) {
            return;
        }
        for (int i = 0; i < count; i++) {
            long position = table * SECTOR + (long) i * size;
            if (position + size > disk.sizeBytes()) {
                return;
            }
            ByteBuffer entry = read(position, size);
            long first = entry.getLong(32);
            boolean used = entry.getLong(0) != 0 || entry.getLong(8) != 0;
            if (used && first > 0) {
                add("partition " + (i + 1), first, entry.getLong(40) - first + 1);
            }
        }
    }

    private void add(String name, long firstSector, long sectors) {
        long last = disk.sizeBytes() / SECTOR;
        if (firstSector > 0 && sectors > 0 && firstSector < last && sectors <= last - firstSector) {
            found.add(new Volume(name, firstSector * SECTOR, sectors * SECTOR));
        }
    }

    private ByteBuffer read(long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        disk.read(bytes, position);
        return bytes.flip();
    }
}
