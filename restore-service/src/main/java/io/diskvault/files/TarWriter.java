package io.diskvault.files;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// A tar archive of the POSIX kind: what has no room in an old header stands in an extended one before it (pax).
/// Programs that are unpacked run with nobody's rights but the user's: set-user-id and the like are left out.
final class TarWriter implements ArchiveWriter {
    private static final int BLOCK = 512;
    private static final int NAME_BYTES = 100;
    private static final long OCTAL_11_MAX = (1L << 33) - 1;
    private static final long OCTAL_7_MAX = (1L << 21) - 1;
    private static final int CHECKSUM_AT = 148;

    private final OutputStream out;
    private long written;

    TarWriter(OutputStream out) {
        this.out = out;
    }

    @Override
    public String name(String shown) {
        return shown;
    }

    @Override
    public void folder(String path, Entry entry) throws IOException {
        header(path + "/", entry, '5', 0, "", entry.permissions().orElse(0755));
    }

    @Override
    public void startFile(String path, Entry entry, long size) throws IOException {
        header(path, entry, '0', size, "", entry.permissions().orElse(0644));
    }

    @Override
    public boolean link(String path, Entry entry) throws IOException {
        header(path, entry, '2', 0, entry.target(), 0777);
        return true;
    }

    @Override
    public void content(byte[] bytes) throws IOException {
        write(bytes);
    }

    @Override
    public void endFile() throws IOException {
        write(new byte[(int) ((BLOCK - written % BLOCK) % BLOCK)]);
    }

    @Override
    public void finish() throws IOException {
        write(new byte[2 * BLOCK]);
    }

    private void header(String path, Entry entry, char type, long size, String target, int mode) throws IOException {
        Map<String, String> extended = new LinkedHashMap<>();
        if (!fits(path)) {
            extended.put("path", path);
        }
        if (!fits(target)) {
            extended.put("linkpath", target);
        }
        if (size > OCTAL_11_MAX) {
            extended.put("size", String.valueOf(size));
        }
        if (entry.uid() > OCTAL_7_MAX) {
            extended.put("uid", String.valueOf(entry.uid()));
        }
        if (entry.gid() > OCTAL_7_MAX) {
            extended.put("gid", String.valueOf(entry.gid()));
        }
        if (!extended.isEmpty()) {
            byte[] records = records(extended);
            write(block("PaxHeader", 'x', records.length, "", entry, 0644));
            write(records);
            endFile();
        }
        write(block(path, type, size, target, entry, mode));
    }

    private static boolean fits(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return bytes.length <= NAME_BYTES && bytes.length == text.length();
    }

    private static byte[] block(String path, char type, long size, String target, Entry entry, int mode) {
        byte[] block = new byte[BLOCK];
        text(block, 0, path);
        octal(block, 100, 7, mode);
        octal(block, 108, 7, entry.uid() > OCTAL_7_MAX ? 0 : entry.uid());
        octal(block, 116, 7, entry.gid() > OCTAL_7_MAX ? 0 : entry.gid());
        octal(block, 124, 11, size > OCTAL_11_MAX ? 0 : size);
        octal(block, 136, 11, Math.min(OCTAL_11_MAX, seconds(entry)));
        Arrays.fill(block, CHECKSUM_AT, CHECKSUM_AT + 8, (byte) ' ');
        block[156] = (byte) type;
        text(block, 157, target);
        text(block, 257, "ustar\u000000");
        int sum = 0;
        for (byte one : block) {
            sum += one & 0xff;
        }
        octal(block, CHECKSUM_AT, 6, sum);
        block[CHECKSUM_AT + 6] = 0;
        return block;
    }

    private static long seconds(Entry entry) {
        return entry.modified().map(Instant::getEpochSecond).orElse(0L);
    }

    /// As much as there is room for; where that is not all of it, an extended header has it.
    private static void text(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        System.arraycopy(bytes, 0, block, at, Math.min(bytes.length, NAME_BYTES));
    }

    private static void octal(byte[] block, int at, int digits, long value) {
        String text = Long.toOctalString(value);
        text(block, at, "0".repeat(Math.max(0, digits - text.length())) + text);
    }

    /// Each record begins with its own length, whose digits count.
    private static byte[] records(Map<String, String> extended) {
        StringBuilder records = new StringBuilder();
        extended.forEach((key, value) -> {
            String rest = " " + key + "=" + value + "\n";
            int bytes = rest.getBytes(UTF_8).length;
            int length = bytes + String.valueOf(bytes).length();
            if (bytes + String.valueOf(length).length() > length) {
                length++;
            }
            records.append(length).append(rest);
        });
        return records.toString().getBytes(UTF_8);
    }

    private void write(byte[] bytes) throws IOException {
        out.write(bytes);
        written += bytes.length;
    }
}
