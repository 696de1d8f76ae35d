package io.diskvault.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskvault.command.CommandRejected;
import io.diskvault.files.ReaderProcess.Disk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Makes disks with the programs that others make them with. What is not installed skips the test that needs it.
public final class DiskTools {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final ReaderProgram PROGRAM = new ReaderProgram(Optional.empty());

    private static final long MIB = 1 << 20;

    private DiskTools() {}

    public static void needReader() {
        try (PointFiles _ = PointFiles.of(PROGRAM, of(new byte[512]), PATIENCE)) {
            // It is there.
        } catch (CommandRejected missing) {
            assumeTrue(false, "pytsk3 is not installed; on Debian it is in python3-tsk");
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    static void need(String program, String debianPackage) {
        boolean there = List.of("/usr/bin", "/usr/sbin", "/bin", "/sbin").stream()
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
        assumeTrue(there, program + " is not installed; on Debian it is in " + debianPackage);
    }

    public static String run(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().merge("PATH", "/usr/sbin:/sbin", (path, more) -> path + ":" + more);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("MTOOLS_SKIP_CHECK", "1");
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(1, TimeUnit.MINUTES));
            assertEquals(0, process.exitValue(), () -> String.join(" ", command) + ": " + text);
            return text;
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    static Path empty(Path image, long mebibytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(mebibytes * MIB);
        }
        return image;
    }

    public static Path ext4(Path image, long mebibytes, Path content) throws IOException {
        need("mke2fs", "e2fsprogs");
        run(
                "mke2fs",
                "-q",
                "-F",
                "-t",
                "ext4",
                "-L",
                "root fs",
                "-d",
                content.toString(),
                empty(image, mebibytes).toString());
        return image;
    }

    /// @param script as sfdisk takes it
    static Path partitioned(Path image, long mebibytes, String script, Path... parts) throws IOException {
        need("sfdisk", "fdisk");
        Path file = Files.writeString(image.resolveSibling(image.getFileName() + ".sfdisk"), script);
        run("sh", "-c", "sfdisk -q \"$0\" < \"$1\"", empty(image, mebibytes).toString(), file.toString());
        for (int i = 0; i < parts.length; i++) {
            overwrite(image, MIB * (1 + 8 * i), Files.readAllBytes(parts[i]));
        }
        return image;
    }

    static void overwrite(Path image, long position, byte[] bytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.seek(position);
            file.write(bytes);
        }
    }

    static Disk of(byte[] content) {
        return new Disk() {
            @Override
            public long size() {
                return content.length;
            }

            @Override
            public void read(long offset, ByteBuffer into) {
                into.put(content, (int) offset, into.remaining());
            }
        };
    }

    static Disk of(Path image) {
        try {
            long size = Files.size(image);
            return new Disk() {
                @Override
                public long size() {
                    return size;
                }

                @Override
                public void read(long offset, ByteBuffer into) throws IOException {
                    try (FileChannel file = FileChannel.open(image, StandardOpenOption.READ)) {
                        while (into.hasRemaining()) {
                            file.read(into, offset + into.position());
                        }
                    }
                }
            };
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static PointFiles open(Disk disk) throws Exception {
        return PointFiles.of(PROGRAM, disk, PATIENCE);
    }
}
