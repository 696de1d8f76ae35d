package io.diskvault.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Folders as archives, unpacked by programs that others wrote.
class FolderArchiveTest {
    private static final String LONG = "long-".repeat(40);

    @TempDir
    static Path directory;

    private static Path tree;
    private static Path image;

    @BeforeAll
    static void make() throws IOException {
        DiskTools.needReader();
        tree = Files.createDirectories(directory.resolve("tree"));
        Files.createDirectories(tree.resolve("docs/" + LONG + "/" + LONG));
        byte[] random = new byte[1_300_001];
        new Random(5).nextBytes(random);
        Files.write(tree.resolve("docs/random.bin"), random);
        Files.writeString(tree.resolve("docs/" + LONG + "/" + LONG + "/ünï"), "deep");
        Files.createSymbolicLink(tree.resolve("docs/Z-link"), Path.of("random.bin"));
        Files.createSymbolicLink(tree.resolve("docs/a-link"), Path.of("../../../../" + LONG.repeat(3)));
        DiskTools.run("sh", "-c", """
                cd "$0/docs" && mkfifo pipe && printf 1 > 'a:b' && printf 2 > 'a*b' && printf 3 > '..\\up' \
                && printf 4 > '.. ' && chmod 4751 random.bin && mkdir -p loop/below SLASHSLASHNAME && printf 5 > SLASHSLASHNAME/x
                """, tree.toString());
        image = DiskTools.ext4(directory.resolve("disk.img"), 8, tree);
        DiskTools.run("debugfs", "-w", "-R", "link docs docs/loop/below/again", image.toString());
        byte[] bytes = Files.readAllBytes(image);
        int at = new String(bytes, ISO_8859_1).indexOf("SLASHSLASHNAME");
        System.arraycopy("../../../../up".getBytes(UTF_8), 0, bytes, at, 14);
        Files.write(image, bytes);
    }

    private static Path archive(String path, ArchiveFormat format) throws Exception {
        AtomicInteger ends = new AtomicInteger();
        Path file = directory.resolve("out." + format.text());
        try (PointFiles files = DiskTools.open(DiskTools.of(image))) {
            Volume volume = files.volume(Optional.empty());
            FoundEntry folder = files.find(volume, FilePath.parse(path));
            try (InputStream stream =
                    new FolderArchive(files, volume, folder, "disk-volume0", format, ends::incrementAndGet)) {
                Files.deleteIfExists(file);
                Files.copy(stream, file);
            }
        }
        assertEquals(1, ends.get());
        return file;
    }

    private static Path unpacked(Path tar) throws IOException {
        Path to = Files.createTempDirectory(directory, "unpacked");
        DiskTools.run("tar", "-xf", tar.toString(), "-C", to.toString());
        return to;
    }

    @Test
    void tarHasTheFolderAsItWas() throws Exception {
        Path tar = archive("/docs", ArchiveFormat.TAR);
        Path to = unpacked(tar);
        Path docs = to.resolve("docs");
        assertArrayEquals(
                Files.readAllBytes(tree.resolve("docs/random.bin")), Files.readAllBytes(docs.resolve("random.bin")));
        assertEquals("deep", Files.readString(docs.resolve(LONG).resolve(LONG).resolve("ünï")));
        assertEquals(Path.of("random.bin"), Files.readSymbolicLink(docs.resolve("Z-link")));
        assertEquals(Path.of("../../../../" + LONG.repeat(3)), Files.readSymbolicLink(docs.resolve("a-link")));
        assertEquals("1", Files.readString(docs.resolve("a:b")));
        assertEquals(
                Files.getLastModifiedTime(tree.resolve("docs/random.bin")).toMillis() / 1000,
                Files.getLastModifiedTime(docs.resolve("random.bin")).toMillis() / 1000);
        assertEquals(
                "751",
                DiskTools.run("stat", "-c", "%a", docs.resolve("random.bin").toString())
                        .strip());
        String leftOut = Files.readString(to.resolve(FolderArchive.LEFT_OUT));
        assertTrue(leftOut.contains("\ndocs/pipe: it is a device, a pipe or a socket\n"), leftOut);
        assertTrue(leftOut.contains("\ndocs/loop/below/again: it contains itself\n"), leftOut);
    }

    @Test
    void nothingLeadsOutOfTheFolder() throws Exception {
        Path tar = archive("/", ArchiveFormat.TAR);
        List<String> names = DiskTools.run("tar", "-tf", tar.toString(), "--quoting-style=literal")
                .lines()
                .toList();
        assertTrue(
                names.stream()
                        .filter(name -> !name.equals(FolderArchive.LEFT_OUT))
                        .allMatch(name -> name.startsWith("disk-volume0/") && !name.contains("/../")),
                names::toString);
        Path to = unpacked(tar);
        assertEquals("5", Files.readString(to.resolve("disk-volume0/docs/..\\x2f..\\x2f..\\x2f..\\x2fup/x")));
    }

    @Test
    void linksComeAfterAllThatIsInTheirFolder() throws Exception {
        List<String> types = DiskTools.run(
                        "tar", "-tvf", archive("/docs", ArchiveFormat.TAR).toString())
                .lines()
                .filter(line -> !line.endsWith(FolderArchive.LEFT_OUT))
                .map(line -> line.substring(0, 1))
                .toList();
        assertTrue(types.indexOf("l") > types.lastIndexOf("-"), types::toString);
        assertTrue(types.indexOf("l") > types.lastIndexOf("d"), types::toString);
    }

    @Test
    void zipHasNamesThatWindowsTakes() throws Exception {
        Path file = archive("/docs", ArchiveFormat.ZIP);
        List<String> names = new ArrayList<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            zip.stream().map(ZipEntry::getName).forEach(names::add);
            try (InputStream random = zip.getInputStream(zip.getEntry("docs/random.bin"))) {
                assertArrayEquals(Files.readAllBytes(tree.resolve("docs/random.bin")), random.readAllBytes());
            }
            try (InputStream note = zip.getInputStream(zip.getEntry(FolderArchive.LEFT_OUT))) {
                String leftOut = new String(note.readAllBytes(), UTF_8);
                assertTrue(leftOut.contains("\ndocs/Z-link: it is a link to random.bin\n"), leftOut);
            }
        }
        assertTrue(names.containsAll(List.of("docs/a_b", "docs/a_b_2", "docs/.._up", "docs/.. _")), names::toString);
        assertFalse(names.stream().anyMatch(name -> name.contains("\\") || name.contains(":")), names::toString);
    }
}
