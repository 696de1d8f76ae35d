package io.diskvault.restore.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.diskvault.engine.source.DiskSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// What a part of a disk begins with.
enum FileSystemKind {
    EXT("ext2, ext3 or ext4", 1080, "S\u00ef"),
    NTFS("NTFS", 3, "NTFS    "),
    FAT32("FAT", 82, "FAT32   "),
    FAT16("FAT", 54, "FAT16   "),
    FAT12("FAT", 54, "FAT12   "),
    XFS("XFS", 0, "XFSB"),
    BTRFS("Btrfs", 65_600, "_BHRfS_M"),
    LUKS("LUKS, which is encrypted", 0, "LUKS\u00ba\u00be"),
    LVM("an LVM physical volume", 536, "LVM2 001"),
    SWAP("swap space", 4086, "SWAPSPACE2"),
    UNKNOWN("nothing that is known", 0, "");

    /// As far as any of them is recognised by.
    private static final int LOOKED_AT = 65_608;

    private final String text;
    private final int position;
    private final byte[] magic;

    FileSystemKind(String text, int position, String magic) {
        this.text = text;
        this.position = position;
        this.magic = magic.getBytes(ISO_8859_1);
    }

    /// In words.
    String text() {
        return text;
    }

    static FileSystemKind of(DiskSource disk, Volume volume) throws IOException {
        ByteBuffer start = ByteBuffer.allocate((int) Math.min(LOOKED_AT, volume.length()));
        disk.read(start, volume.start());
        return Arrays.stream(values())
                .filter(kind -> kind != UNKNOWN && kind.isIn(start.array()))
                .findFirst()
                .orElse(UNKNOWN);
    }

    private boolean isIn(byte[] start) {
        return position + magic.length <= start.length
                && Arrays.equals(start, position, position + magic.length, magic, 0, magic.length);
    }
}
