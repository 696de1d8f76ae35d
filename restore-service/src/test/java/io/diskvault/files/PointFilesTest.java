package io.diskvault.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskvault.command.CommandRejected;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// File systems that others made, read by the real reader.
class PointFilesTest {
    private static final long SEED = 20_261_122;
    private static final Instant MODIFIED = Instant.parse("2026-02-03T04:05:06Z");

    @TempDir
    static Path directory;

    private static final byte[] RANDOM = new byte[2_500_000];
    private static final byte[] SPARSE = new byte[1_500_000];

    private static Path tree;
    private static Path ext4;

    @BeforeAll
    static void make() throws IOException {
        DiskTools.needReader();
        new Random(SEED).nextBytes(RANDOM);
        SPARSE[SPARSE.length - 1] = 7;
        tree = Files.createDirectories(directory.resolve("tree"));
        Files.createDirectories(tree.resolve("docs/deep"));
        Files.write(tree.resolve("docs/deep/random.bin"), RANDOM);
        Files.writeString(tree.resolve("docs/hello.txt"), "hello\n");
        Files.setLastModifiedTime(tree.resolve("docs/hello.txt"), FileTime.from(MODIFIED));
        Files.writeString(tree.resolve("empty"), "");
        Files.createSymbolicLink(tree.resolve("out"), Path.of("../../etc/passwd"));
        Files.createSymbolicLink(tree.resolve("documents"), Path.of("docs"));
        Files.createSymbolicLink(tree.resolve("docs/deep/up"), Path.of("/docs/../docs/hello.txt"));
        Files.createSymbolicLink(tree.resolve("round"), Path.of("round"));
        Files.createDirectories(tree.resolve("many"));
        for (int i = 0; i < 1234; i++) {
            Files.createFile(tree.resolve("many").resolve("file-%04d".formatted(i)));
        }
        DiskTools.run("sh", "-c", """
                cd "$0" && mkfifo pipe && truncate -s 1499999 sparse && printf '\\007' >> sparse \
                && printf x > "$(printf 'two\\nlines')" && printf y > "$(printf 'bad\\377\\376')" && printf z > ' "x"\\:*$HOME'
                """, tree.toString());
        ext4 = DiskTools.ext4(directory.resolve("ext4.img"), 8, tree);
    }

    private static byte[] content(PointFiles files, Volume volume, String path) throws Exception {
        try (InputStream stream = FileContent.of(files, volume, files.find(volume, FilePath.parse(path)), () -> {})) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            stream.transferTo(all);
            return all.toByteArray();
        }
    }

    private static List<String> names(PointFiles files, Volume volume, String path) throws Exception {
        FoundEntry folder = files.folder(volume, FilePath.parse(path));
        return files.list(volume, folder.entry().node(), 0, 500).entries().stream()
                .map(Entry::name)
                .toList();
    }

    private static String codeOf(Executable refused) {
        return assertThrows(CommandRejected.class, refused).rejection().code();
    }

    private static void assertTree(PointFiles files, Volume volume) throws Exception {
        assertArrayEquals(RANDOM, content(files, volume, "/docs/deep/random.bin"));
        assertArrayEquals("hello\n".getBytes(UTF_8), content(files, volume, "docs//hello.txt"));
    }

    @Test
    void readsExt4WithoutPartitions() throws Exception {
        try (PointFiles files = DiskTools.open(DiskTools.of(ext4))) {
            assertEquals(
                    List.of(new Volume(0, "", 0, 8 << 20, "ext4", "root fs", true, "", List.of())), files.volumes());
            Volume volume = files.volume(Optional.empty());
            assertTree(files, volume);
            assertArrayEquals(SPARSE, content(files, volume, "/sparse"));
            assertEquals(0, content(files, volume, "/empty").length);
            assertEquals(
                    List.of(
                            " \"x\"\\:*$HOME",
                            "bad\\xff\\xfe",
                            "docs",
                            "documents",
                            "empty",
                            "lost+found",
                            "many",
                            "out",
                            "pipe",
                            "round",
                            "sparse",
                            "two\nlines"),
                    names(files, volume, "/"));
            assertEquals("x", new String(content(files, volume, "/two\nlines"), UTF_8));
            assertEquals("y", new String(content(files, volume, "/bad\\xff\\xfe"), UTF_8));
            assertEquals("z", new String(content(files, volume, "/ \"x\"\\:*$HOME"), UTF_8));
            Entry hello = files.find(volume, FilePath.parse("/docs/hello.txt")).entry();
            assertEquals(Optional.of(MODIFIED), hello.modified());
            assertEquals(Optional.of(0644), hello.permissions());
        }
    }

    @Test
    void followsLinksInsideTheVolumeOnly() throws Exception {
        try (PointFiles files = DiskTools.open(DiskTools.of(ext4))) {
            Volume volume = files.volume(Optional.of(0));
            FoundEntry found = files.find(volume, FilePath.parse("/documents/deep/up"));
            assertEquals("/docs/hello.txt", found.path().toString());
            assertArrayEquals(
                    content(files, volume, "/docs/hello.txt"), content(files, volume, "/../../docs/hello.txt"));
            // On this machine there is such a file.
            assertEquals("UserErrorFileNotFound", codeOf(() -> content(files, volume, "/out")));
            assertEquals("UserErrorFileNotFound", codeOf(() -> content(files, volume, "/round")));
        }
    }

    @Test
    void saysWhatIsNotThereOrNoFile() throws Exception {
        try (PointFiles files = DiskTools.open(DiskTools.of(ext4))) {
            Volume volume = files.volume(Optional.of(0));
            CommandRejected missing =
                    assertThrows(CommandRejected.class, () -> files.find(volume, FilePath.parse("/docs/none/x")));
            assertEquals("There is no '/docs/none'.", missing.getMessage());
            assertEquals("UserErrorNotAFolder", codeOf(() -> names(files, volume, "/docs/hello.txt")));
            assertEquals("UserErrorNotAFolder", codeOf(() -> names(files, volume, "/docs/hello.txt/x")));
            assertEquals("UserErrorNotAFile", codeOf(() -> content(files, volume, "/pipe")));
            assertEquals("UserErrorNotAFile", codeOf(() -> content(files, volume, "/docs")));
            assertEquals("UserErrorVolumeNotFound", codeOf(() -> files.volume(Optional.of(1))));
            assertTree(files, volume);
        }
    }

    @Test
    void listsLargeFoldersInPages() throws Exception {
        try (PointFiles files = DiskTools.open(DiskTools.of(ext4))) {
            Volume volume = files.volume(Optional.of(0));
            long many = files.folder(volume, FilePath.parse("/many")).entry().node();
            List<String> all = new ArrayList<>();
            PointFiles.Page page;
            do {
                page = files.list(volume, many, all.size(), 100);
                assertEquals(1234, page.total());
                page.entries().stream().map(Entry::name).forEach(all::add);
            } while (!page.entries().isEmpty());
            assertEquals(1234, all.size());
            assertEquals("file-0000", all.getFirst());
            assertEquals("file-1233", all.getLast());
        }
    }

    private static Path fat(String name, long mebibytes, String... options) throws IOException {
        DiskTools.need("mkfs.vfat", "dosfstools");
        DiskTools.need("mcopy", "mtools");
        Path image = DiskTools.empty(directory.resolve(name), mebibytes);
        DiskTools.run(Stream.concat(
                        Stream.concat(Stream.of("mkfs.vfat", "-n", "FAT LABEL"), Stream.of(options)),
                        Stream.of(image.toString()))
                .toArray(String[]::new));
        DiskTools.run(
                "mcopy",
                "-s",
                "-i",
                image.toString(),
                tree.resolve("docs/hello.txt").toString(),
                "::Käse Brot.txt");
        DiskTools.run("mmd", "-i", image.toString(), "::docs");
        DiskTools.run("mmd", "-i", image.toString(), "::docs/deep");
        DiskTools.run(
                "mcopy",
                "-i",
                image.toString(),
                tree.resolve("docs/deep/random.bin").toString(),
                "::docs/deep/");
        DiskTools.run(
                "mcopy", "-i", image.toString(), tree.resolve("docs/hello.txt").toString(), "::docs/");
        return image;
    }

    @Test
    void readsFat() throws Exception {
        for (String bits : List.of("12", "16", "32")) {
            String[] clusters =
                    bits.equals("12") ? new String[] {"-F", "12", "-s", "8"} : new String[] {"-F", bits, "-s", "1"};
            try (PointFiles files =
                    DiskTools.open(DiskTools.of(fat("fat" + bits + ".img", bits.equals("32") ? 40 : 8, clusters)))) {
                Volume volume = files.volume(Optional.empty());
                assertEquals("fat" + bits, volume.kind());
                assertEquals("FAT LABEL", volume.label());
                assertEquals(List.of("Käse Brot.txt", "docs"), names(files, volume, "/"));
                assertTree(files, volume);
                assertArrayEquals(RANDOM, content(files, volume, "/DOCS/deep/Random.BIN"));
                assertEquals(
                        Optional.empty(),
                        files.find(volume, FilePath.parse("/docs")).entry().permissions());
            }
        }
    }

    private static Path ntfs() throws IOException {
        DiskTools.need("mkntfs", "ntfs-3g");
        Path image = DiskTools.empty(directory.resolve("ntfs.img"), 8);
        DiskTools.run("mkntfs", "-q", "-F", "-L", "Größe", image.toString());
        DiskTools.run(
                "ntfscp", image.toString(), tree.resolve("docs/deep/random.bin").toString(), "Random ünï.bin");
        DiskTools.run("ntfscp", image.toString(), tree.resolve("docs/hello.txt").toString(), "hello.txt");
        DiskTools.run(
                "ntfscp",
                "-N",
                "stream",
                image.toString(),
                tree.resolve("docs/deep/random.bin").toString(),
                "hello.txt");
        return image;
    }

    @Test
    void readsNtfs() throws Exception {
        try (PointFiles files = DiskTools.open(DiskTools.of(ntfs()))) {
            Volume volume = files.volume(Optional.empty());
            assertEquals("ntfs", volume.kind());
            assertEquals("Größe", volume.label());
            assertEquals(List.of("Random ünï.bin", "hello.txt"), names(files, volume, "/"));
            assertArrayEquals(RANDOM, content(files, volume, "/random Ünï.bin"));
            assertEquals("hello\n", new String(content(files, volume, "/hello.txt"), UTF_8));
        }
    }

    @Test
    void readsWhatWindowsCompressesAndRefusesWhatItKeepsElsewhere() throws Exception {
        DiskTools.need("ntfs-3g", "ntfs-3g");
        Path image = DiskTools.empty(directory.resolve("windows.img"), 16);
        DiskTools.run("mkntfs", "-q", "-F", image.toString());
        Path mount = Files.createDirectories(directory.resolve("mount"));
        String mounted = DiskTools.run("sh", "-c", """
                ntfs-3g -o compression "$0" "$1" || { echo cannot; exit 0; }
                trap 'umount "$1"' EXIT
                cd / && python3 - "$1" <<'END'
                import os, struct, sys
                os.chdir(sys.argv[1])
                os.mkdir("packed")
                os.setxattr("packed", "system.ntfs_attrib_be", (0x810).to_bytes(4, "big"))
                open("packed/text", "wb").write(b"".join(b"line %d of many\\n" % i for i in range(100000)))
                print("packed" if os.stat("packed/text").st_blocks * 512 < 1000000 else "not packed")
                with open("sparse", "wb") as sparse:
                    sparse.seek(1499999)
                    sparse.write(b"\\7")
                for name, tag, rest in (("wof", 0x80000017, struct.pack("<IIII", 1, 2, 1, 0)), ("dedup", 0x80000013, bytes(16))):
                    open(name, "wb").close()
                    os.setxattr(name, "system.ntfs_reparse_data", struct.pack("<IHH", tag, len(rest), 0) + rest)
                END
                """, image.toString(), mount.toString());
        assumeTrue(!mounted.contains("cannot"), "ntfs-3g may not mount here: " + mounted);
        assertEquals("packed", mounted.strip());
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            text.append("line ").append(i).append(" of many\n");
        }
        try (PointFiles files = DiskTools.open(DiskTools.of(image))) {
            Volume volume = files.volume(Optional.empty());
            assertEquals(text.toString(), new String(content(files, volume, "/packed/text"), UTF_8));
            assertArrayEquals(SPARSE, content(files, volume, "/sparse"));
            assertEquals("UserErrorFileNotReadable", codeOf(() -> content(files, volume, "/wof")));
            CommandRejected refused = assertThrows(CommandRejected.class, () -> content(files, volume, "/dedup"));
            assertEquals(
                    "The file cannot be read: Windows has deduplicated it, so its content is elsewhere.",
                    refused.getMessage());
        }
    }

    @Test
    void readsPartitionsOfBothKinds() throws Exception {
        String gpt = "label: gpt\nsize=8M,name=\"Wurzel ü\"\nsize=8M,type=E6D6D379-F507-44C2-A23C-238F2A3DF928\n";
        Path fat = fat("part.img", 8, "-F", "16", "-s", "1");
        Path image = DiskTools.partitioned(directory.resolve("gpt.img"), 24, gpt, ext4);
        DiskTools.overwrite(image, (9 << 20) + 512, "LABELONE".getBytes(UTF_8));
        try (PointFiles files = DiskTools.open(DiskTools.of(image))) {
            assertEquals(
                    List.of(
                            new Volume(1, "Wurzel ü", 1 << 20, 8 << 20, "ext4", "root fs", true, "", List.of()),
                            new Volume(2, "", 9 << 20, 8 << 20, "lvm", "", false, "", List.of())),
                    files.volumes());
            assertTree(files, files.volume(Optional.empty()));
            CommandRejected refused = assertThrows(CommandRejected.class, () -> files.volume(Optional.of(2)));
            assertEquals("UserErrorVolumeNotReadable", refused.rejection().code());
            assertEquals(
                    "The files of volume 2 cannot be read. It belongs to a volume group of LVM; the file systems are in"
                            + " its logical volumes.",
                    refused.getMessage());
        }
        String mbr = "label: dos\nsize=8M,type=83\nsize=8M,type=6\nsize=20M,type=5\nstart=36864,size=8M,type=83\n";
        Path old = DiskTools.partitioned(directory.resolve("mbr.img"), 40, mbr, ext4, fat);
        DiskTools.overwrite(old, 36_864 * 512L, Files.readAllBytes(ext4));
        try (PointFiles files = DiskTools.open(DiskTools.of(old))) {
            List<Volume> volumes = files.volumes();
            assertEquals(List.of(1, 2, 5), volumes.stream().map(Volume::number).toList());
            assertEquals(
                    List.of("ext4", "fat16", "ext4"),
                    volumes.stream().map(Volume::kind).toList());
            for (Volume volume : volumes) {
                assertTree(files, volume);
            }
            assertEquals("UserErrorVolumeNeeded", codeOf(() -> files.volume(Optional.empty())));
        }
    }

    @Test
    void saysWhatOtherVolumesAre() throws Exception {
        byte[] luks = new byte[1 << 20];
        System.arraycopy("LUKS\u00ba\u00be".getBytes(ISO_8859_1), 0, luks, 0, 6);
        try (PointFiles files = DiskTools.open(DiskTools.of(luks))) {
            CommandRejected refused = assertThrows(CommandRejected.class, () -> files.volume(Optional.empty()));
            assertEquals("UserErrorVolumeNotReadable", refused.rejection().code());
            assertEquals("No volume can be read. There are: 0 (It is encrypted with LUKS.).", refused.getMessage());
        }
        for (byte[] nothing : List.of(new byte[1 << 20], new byte[0], new byte[700], RANDOM)) {
            try (PointFiles files = DiskTools.open(DiskTools.of(nothing))) {
                assertEquals(List.of(), files.volumes());
                assertEquals("UserErrorVolumeNotReadable", codeOf(() -> files.volume(Optional.empty())));
                assertEquals("UserErrorVolumeNotFound", codeOf(() -> files.volume(Optional.of(1))));
            }
        }
    }

    @Test
    void givesNoFileThatIsNotAllThere() throws Exception {
        byte[] whole = Files.readAllBytes(ext4);
        String end = new String(RANDOM, RANDOM.length - 300, 100, ISO_8859_1);
        byte[] cut = Arrays.copyOf(whole, new String(whole, ISO_8859_1).indexOf(end));
        try (PointFiles files = DiskTools.open(DiskTools.of(cut))) {
            Volume volume = files.volume(Optional.empty());
            assertEquals(List.of("truncated"), volume.notes());
            assertEquals(List.of("deep", "hello.txt"), names(files, volume, "/docs"));
            assertThrows(IOException.class, () -> content(files, volume, "/docs/deep/random.bin"));
        }
    }

    @Test
    void isNotHurtByDamagedFileSystems() throws Exception {
        List<byte[]> images = List.of(
                Files.readAllBytes(ext4),
                Files.readAllBytes(fat("fuzz.img", 8, "-F", "16", "-s", "1")),
                Files.readAllBytes(ntfs()));
        Random random = new Random(SEED);
        int read = 0;
        for (int round = 0; round < 24; round++) {
            byte[] image = images.get(round % 3).clone();
            for (int i = 0; i < 400; i++) {
                // Most of what tells where things are is in the first quarter.
                image[random.nextInt(round < 12 ? 200_000 : image.length / 4)] = (byte) random.nextInt();
            }
            try (PointFiles files = DiskTools.open(DiskTools.of(image))) {
                Volume volume = files.volume(Optional.empty());
                FoundEntry root = files.find(volume, FilePath.parse("/"));
                try (InputStream archive =
                        new FolderArchive(files, volume, root, "disk", ArchiveFormat.TAR, () -> {})) {
                    // A file may say that it has exabytes.
                    read += archive.readNBytes(32 << 20).length > 0 ? 1 : 0;
                }
            } catch (CommandRejected | IOException refused) {
                assertFalse(String.valueOf(refused.getMessage()).isEmpty(), "seed " + SEED + ", round " + round);
            }
        }
        assertTrue(read > 0, "nothing could be read, seed " + SEED);
    }
}
