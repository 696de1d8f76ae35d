package io.diskvault.engine.qemu;

import io.diskvault.engine.source.DiskFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a VMDK says of itself, as VMware's "Virtual Disk Format" lays it out, as far as it can lead to other files.
///
/// Only those are taken that hold all of a disk in one file. Others are a text that names the files of a disk, or one
/// of these files.
final class VmdkHeader {

    private static final byte[] MAGIC = "KDMV".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DESCRIPTOR = "# Disk DescriptorFile".getBytes(StandardCharsets.US_ASCII);
    private static final int SECTOR_BYTES = 512;
    private static final int CAPACITY_AT = 12;
    private static final int DESCRIPTION_AT = 28;
    private static final int DESCRIPTION_LENGTH_AT = 36;
    private static final List<String> IN_ONE_FILE = List.of("monolithicSparse", "streamOptimized");
    private static final String NO_PARENT = "ffffffff";

    private static final Pattern CREATE_TYPE = entry("createType");
    private static final Pattern PARENT_ID = entry("parentCID");
    private static final Pattern PARENT_NAME = entry("parentFileNameHint");
    private static final Pattern EXTENT = Pattern.compile("^\\s*(RW|RDONLY|NOACCESS)\\s.*$", Pattern.MULTILINE);

    private VmdkHeader() {}

    private static Pattern entry(String key) {
        return Pattern.compile(
                "^\\s*" + key + "\\s*=\\s*\"?([^\"\\r\\n]*?)\"?\\s*$", Pattern.MULTILINE | Pattern.CASE_INSENSITIVE);
    }

    static void check(ByteBuffer head, String name) throws DiskFormatException {
        if (beginsWith(head, DESCRIPTOR)) {
            throw QemuFormat.otherFiles(name, "is a description that names the files of a disk");
        }
        QemuFormat.VMDK.requireBeginning(head.remaining() >= SECTOR_BYTES && beginsWith(head, MAGIC), name);
        ByteBuffer header = head.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        // QEMU takes the extents of the description, wherever they lead, when there is no capacity.
        if (header.getLong(CAPACITY_AT) == 0) {
            throw QemuFormat.otherFiles(name, "only holds a description that names the files of a disk");
        }
        checkDescription(description(header, name), name);
    }

    private static boolean beginsWith(ByteBuffer head, byte[] bytes) {
        return head.remaining() >= bytes.length
                && head.slice(head.position(), bytes.length).equals(ByteBuffer.wrap(bytes));
    }

    private static String description(ByteBuffer header, String name) throws DiskFormatException {
        long start = header.getLong(DESCRIPTION_AT);
        long length = header.getLong(DESCRIPTION_LENGTH_AT);
        long sectors = header.remaining() / SECTOR_BYTES;
        if (start == 0 || length == 0) {
            throw QemuFormat.otherFiles(name, "has no description, so it is one of several files of a disk");
        }
        if (start < 0 || length < 0 || start >= sectors || length > sectors - start) {
            throw new DiskFormatException(
                    "%s is damaged, or no VMDK: its description is not at its start.".formatted(name));
        }
        byte[] text = new byte[(int) length * SECTOR_BYTES];
        header.get((int) start * SECTOR_BYTES, text);
        int end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        return new String(text, 0, end, StandardCharsets.ISO_8859_1);
    }

    private static void checkDescription(String description, String name) throws DiskFormatException {
        String type = value(CREATE_TYPE, description).orElse("");
        if (!IN_ONE_FILE.contains(type)) {
            throw QemuFormat.otherFiles(
                    name, "is not of a kind that holds all of a disk (" + String.join(", ", IN_ONE_FILE) + ")");
        }
        if (!value(PARENT_ID, description).orElse(NO_PARENT).equalsIgnoreCase(NO_PARENT)
                || value(PARENT_NAME, description).isPresent()) {
            throw QemuFormat.otherFiles(name, "is a difference to another image");
        }
        if (EXTENT.matcher(description).results().count() != 1) {
            throw QemuFormat.otherFiles(name, "is one of several files of a disk");
        }
    }

    private static Optional<String> value(Pattern entry, String description) {
        Matcher found = entry.matcher(description);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
