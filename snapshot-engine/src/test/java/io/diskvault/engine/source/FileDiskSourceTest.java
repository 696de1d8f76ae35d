package io.diskvault.engine.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDiskSourceTest implements DiskSourceContract {

    @TempDir
    Path directory;

    @Override
    public DiskSource disk(byte[] content) throws IOException {
        Path path = Files.createTempFile(directory, "disk", ".img");
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
                FakeDisk layout = new FakeDisk(content)) {
            file.setLength(content.length);
            for (Extent at = layout.dataFrom(0).orElse(null);
                    at != null;
                    at = layout.dataFrom(at.end()).orElse(null)) {
                file.seek(at.offset());
                file.write(content, (int) at.offset(), (int) at.length());
            }
        }
        return DiskSource.open(path);
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(directory.resolve(name), content);
    }

    @Test
    void noticesThatTheFileWasWrittenTo() throws IOException {
        Path path = file("disk", new byte[100]);
        try (DiskSource source = DiskSource.open(path)) {
            Files.write(path, new byte[] {1}, StandardOpenOption.WRITE);
            Files.setLastModifiedTime(path, FileTime.fromMillis(0));

            assertTrue(source.changedSinceOpened());
        }
    }

    @Test
    void saysSoWhenTheFileIsShortenedMeanwhile() throws IOException {
        Path path = file("disk", new byte[100]);
        try (DiskSource source = DiskSource.open(path);
                FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(50);

            assertThrows(EOFException.class, () -> source.read(ByteBuffer.allocate(100), 0));
            assertEquals(100, source.sizeBytes());
        }
    }

    @Test
    void readsTheFileThatWasOpenedEvenWhenItsNameIsGivenToAnother() throws IOException {
        Path path = file("disk", new byte[] {1});
        Path other = file("other", new byte[] {2});
        try (DiskSource source = DiskSource.open(path)) {
            Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
            ByteBuffer bytes = ByteBuffer.allocate(1);
            source.read(bytes, 0);

            assertEquals(1, bytes.get(0));
        }
    }

    @Test
    void refusesWhatIsNoDisk() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        Path socket = directory.resolve("socket");

        assertThrows(NoSuchFileException.class, () -> DiskSource.open(directory.resolve("absent")));
        FileSystemException refusal = assertThrows(FileSystemException.class, () -> DiskSource.open(directory));
        assertTrue(refusal.toString().contains("cannot be a disk"), refusal.toString());
        assertThrows(FileSystemException.class, () -> DiskSource.open(pipe));
        assertThrows(FileSystemException.class, () -> DiskSource.open(Path.of("/dev/null")));
        try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.bind(UnixDomainSocketAddress.of(socket));
            assertThrows(FileSystemException.class, () -> DiskSource.open(socket));
        }
    }

    @Test
    void opensDisksBelowADirectoryAndNowhereElse() throws IOException {
        Path root = Files.createDirectory(directory.toRealPath().resolve("root"));
        Files.createDirectories(root.resolve("inner"));
        Path outside = file("outside", new byte[] {1});
        Files.write(root.resolve("inner/disk"), new byte[] {2, 2});
        Files.createSymbolicLink(root.resolve("good"), Path.of("inner/disk"));
        Files.createSymbolicLink(root.resolve("bad"), outside);
        Files.createSymbolicLink(root.resolve("worse"), Path.of("../outside"));
        Files.createSymbolicLink(root.resolve("up"), Path.of(".."));

        try (DiskSource direct = DiskSource.openBeneath(root, Path.of("inner/disk"))) {
            assertEquals(2, direct.sizeBytes());
        }
        for (String bad : new String[] {"good", "bad", "worse", "up/outside", "../outside", outside.toString()}) {
            assertThrows(FileSystemException.class, () -> DiskSource.openBeneath(root, Path.of(bad)), bad);
        }
    }

    @Test
    void refusesADirectoryThatIsReachedThroughALink() throws IOException {
        Path root = Files.createDirectories(directory.toRealPath().resolve("real/root"));
        Files.write(root.resolve("disk"), new byte[] {2, 2});
        Path link = Files.createSymbolicLink(directory.toRealPath().resolve("link"), Path.of("real"));
        assertThrows(FileSystemException.class, () -> DiskSource.openBeneath(link.resolve("root"), Path.of("disk")));
    }

    @Test
    void neverOpensDevicesThatAreNoDisks() {
        assertThrows(FileSystemException.class, () -> DiskSource.openBeneath(Path.of("/dev"), Path.of("null")));
    }
}
