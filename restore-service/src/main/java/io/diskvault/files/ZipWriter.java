package io.diskvault.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;

/// A ZIP archive with names that Windows takes, too: there a backslash is another slash, a colon begins a stream or
/// follows a drive, and dots and spaces at the end go, which can make a `..` of what was none.
final class ZipWriter implements ArchiveWriter {
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[\\\\:*?\"<>|\\p{Cntrl}]");

    private static final int COPIES_MAX = 1000;

    private final ZipOutputStream zip;
    private final Set<String> folders = new HashSet<>();

    ZipWriter(OutputStream out) {
        this.zip = new ZipOutputStream(out);
        // What is compressed while somebody waits has to be fast.
        zip.setLevel(Deflater.BEST_SPEED);
    }

    @Override
    public String name(String shown) {
        String name = NOT_IN_NAMES.matcher(shown).replaceAll("_");
        return name.endsWith(".") || name.endsWith(" ") ? name + "_" : name;
    }

    @Override
    public void folder(String path, Entry entry) throws IOException {
        // Two folders whose names differ only in what does not count here become one.
        if (folders.add(path)) {
            start(path + "/", "", entry);
            zip.closeEntry();
        }
    }

    @Override
    public void startFile(String path, Entry entry, long size) throws IOException {
        int dot = path.indexOf('.', path.lastIndexOf('/') + 2);
        int end = dot < 0 ? path.length() : dot;
        start(path.substring(0, end), path.substring(end), entry);
    }

    /// Two files whose names differ only in what does not count here both go in.
    private void start(String path, String ending, Entry entry) throws IOException {
        for (int copy = 1; ; copy++) {
            try {
                ZipEntry header = new ZipEntry(path + (copy == 1 ? "" : "_" + copy) + ending);
                entry.modified().ifPresent(time -> header.setLastModifiedTime(FileTime.from(time)));
                zip.putNextEntry(header);
                return;
            } catch (ZipException duplicate) {
                if (copy == COPIES_MAX) {
                    throw duplicate;
                }
            }
        }
    }

    @Override
    public void content(byte[] bytes) throws IOException {
        zip.write(bytes);
    }

    @Override
    public void endFile() throws IOException {
        zip.closeEntry();
    }

    @Override
    public boolean link(String path, Entry entry) {
        return false;
    }

    @Override
    public void finish() throws IOException {
        zip.finish();
    }
}
