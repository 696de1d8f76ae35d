package io.diskvault.app.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A disk image with an ext4 file system in it, and a file there whose content can be changed from outside as a guest
/// would: in its data blocks, so that the file system stays sound.
public final class RealDisk {
    private static final int BLOCK = 4096;
    private static final int DATABASE_BLOCKS = 512;

    private final Path image;
    private final byte[] database;

    private RealDisk(Path image, byte[] database) {
        this.image = image;
        this.database = database;
    }

    /// Where the tools for ext4 are, if they are installed.
    public static Optional<Path> tool(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Arrays.stream(path.split(":")), Stream.of("/usr/sbin", "/sbin"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// Makes a sparse image that holds some text files and one "database" of random blocks.
    public static RealDisk make(Path image, long sizeBytes) throws IOException {
        Path content = Files.createTempDirectory(image.toAbsolutePath().getParent(), "content");
        byte[] database = randomBlocks(1);
        Files.write(content.resolve("database"), database);
        for (int i = 0; i < 200; i++) {
            Files.writeString(content.resolve("note-" + i), ("This is note " + i + ".\n").repeat(i * 10));
        }
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(sizeBytes);
        }
        run("mke2fs", "-q", "-F", "-t", "ext4", "-b", "4096", "-d", content.toString(), image.toString());
        return new RealDisk(image, database);
    }

    public Path image() {
        return image;
    }

    public Path copyTo(Path copy) throws IOException {
        return Files.copy(image, copy);
    }

    /// Rewrites every eighth block of the database in place.
    public void change(long seed) throws IOException {
        byte[] after = randomBlocks(seed);
        try (FileChannel channel = FileChannel.open(image, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long place = 0;
            for (int start = 0; start < database.length; start += 8 * BLOCK) {
                place = find(channel, Arrays.copyOfRange(database, start, start + BLOCK), place);
                channel.write(ByteBuffer.wrap(after, start, BLOCK), place);
                System.arraycopy(after, start, database, start, BLOCK);
            }
            channel.force(true);
        }
    }

    /// Where a block is: usually not far behind the one before it.
    private static long find(FileChannel channel, byte[] wanted, long start) throws IOException {
        byte[] content = new byte[BLOCK];
        for (long distance = 0; distance < channel.size(); distance += BLOCK) {
            long place = (start + distance) % channel.size();
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining() && channel.read(buffer, place + buffer.position()) >= 0) {}
            if (Arrays.equals(content, wanted)) return place;
        }
        throw new AssertionError("a block of the database is not in the image");
    }

    /// Fails unless the file system in an image is sound.
    public static void assertSound(Path image) throws IOException {
        run("e2fsck", "-fn", image.toString());
    }

    private static byte[] randomBlocks(long seed) {
        byte[] content = new byte[DATABASE_BLOCKS * BLOCK];
        new Random(seed).nextBytes(content);
        return content;
    }

    private static void run(String tool, String... arguments) throws IOException {
        List<String> command = Stream.concat(Stream.of(tool(tool).orElseThrow().toString()), Stream.of(arguments))
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) throw new AssertionError(command + " does not end");
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
        assertEquals(0, process.exitValue(), command + ": " + output);
    }
}
