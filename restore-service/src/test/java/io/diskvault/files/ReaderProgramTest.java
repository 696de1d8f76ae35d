package io.diskvault.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.command.CommandRejected;
import io.diskvault.files.ReaderProcess.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Readers that are not there, and readers that somebody has taken over.
class ReaderProgramTest {
    private static final Disk DISK = DiskTools.of(new byte[4096]);

    @TempDir
    Path directory;

    /// An interpreter that greets like a reader and then does something else.
    private ReaderProgram program(String script) throws IOException {
        Path file = Files.writeString(directory.resolve("python3"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return new ReaderProgram(Optional.of(file));
    }

    private static final String HELLO = "printf 'J\\000\\000\\000\\002{}'\n";

    @Test
    void saysWhatIsMissing() throws IOException {
        Map<String, ReaderProgram> programs = Map.of(
                "there/python cannot be run",
                new ReaderProgram(Optional.of(directory.resolve("there/python"))),
                "python3 runs no readers",
                program("exit 0"));
        programs.forEach((reason, program) -> {
            CommandRejected missing =
                    assertThrows(CommandRejected.class, () -> PointFiles.of(program, DISK, DiskTools.PATIENCE));
            assertEquals("UserErrorFileReaderMissing", missing.rejection().code());
            assertTrue(String.valueOf(missing.getMessage()).endsWith(reason + "."), missing.getMessage());
            assertTrue(missing.rejection().recommendedAction().contains("apt install python3-tsk"));
        });
    }

    @Test
    void findsThatPytskIsMissing() throws IOException {
        // It takes what it is asked: a process that has ended by then runs no readers.
        ReaderProgram without = program("printf 'E\\000\\000\\000\\002{}'\ncat >/dev/null");
        CommandRejected missing =
                assertThrows(CommandRejected.class, () -> PointFiles.of(without, DISK, DiskTools.PATIENCE));
        assertTrue(String.valueOf(missing.getMessage()).endsWith("python3 has no pytsk3."), missing.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // more than any answer has
                "printf 'J\\177\\000\\000\\000'; sleep 100",
                // less than nothing
                "printf 'J\\377\\377\\377\\377'; sleep 100",
                // an answer that is no JSON, of another shape, or too short
                "printf 'J\\000\\000\\000\\002{]'",
                "printf 'J\\000\\000\\000\\010[{\"a\":1}'",
                "printf 'J\\000\\000\\000\\100[]'",
                "printf 'E\\000\\000\\000\\002[]'",
                "printf 'B\\000\\000\\000\\002ab'",
                // bytes beyond the end of the disk, too many, or none
                "printf 'R\\000\\000\\000\\014\\000\\000\\000\\000\\000\\000\\020\\000\\000\\000\\000\\001'; sleep 100",
                "printf 'R\\000\\000\\000\\014\\377\\377\\377\\377\\377\\377\\377\\377\\000\\000\\000\\001'; sleep 100",
                "printf 'R\\000\\000\\000\\014\\000\\000\\000\\000\\000\\000\\000\\000\\177\\000\\000\\000'; sleep 100",
                "printf 'R\\000\\000\\000\\014\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000'; sleep 100",
                "printf 'R\\000\\000\\000\\001a'; sleep 100",
                // nothing
                ":"
            })
    void isNotBelieved(String script) throws Exception {
        // It says no more then, and takes what is asked to the end: a process that has ended cannot be asked.
        String silent = "\nexec >&- 2>&-\ncat >/dev/null";
        try (PointFiles files =
                PointFiles.of(program(HELLO + "exec 2>&1\n" + script + silent), DISK, DiskTools.PATIENCE)) {
            CommandRejected refused = assertThrows(CommandRejected.class, files::volumes);
            assertEquals("UserErrorFileReaderFailed", refused.rejection().code());
        }
    }

    @Test
    void isEndedWhenItTakesTooLong() throws Exception {
        ReaderProgram slow = program(HELLO + "exec sleep 100");
        try (PointFiles files = PointFiles.of(slow, DISK, Duration.ofMillis(300))) {
            CommandRejected refused = assertThrows(CommandRejected.class, files::volumes);
            assertEquals("The reader of file systems took longer than PT0.3S.", refused.getMessage());
            assertFalse(files.isOpen());
        }
    }

    @Test
    void aDiskThatCannotBeReadIsNoFaultOfTheReader() throws Exception {
        DiskTools.needReader();
        IOException failure = new IOException("gone");
        Disk broken = new Disk() {
            @Override
            public long size() {
                return 1 << 20;
            }

            @Override
            public void read(long offset, ByteBuffer into) throws IOException {
                throw failure;
            }
        };
        try (PointFiles files = DiskTools.open(broken)) {
            assertSame(failure, assertThrows(IOException.class, files::volumes));
            assertThrows(CommandRejected.class, files::volumes);
        }
    }

    @Test
    void hasNoRights() throws Exception {
        DiskTools.needReader();
        try (ReaderProcess reader = DiskTools.PROGRAM.start(DISK, DiskTools.PATIENCE)) {
            Path process = Path.of("/proc", String.valueOf(reader.processId()));
            String status = Files.readString(process.resolve("status"));
            assertTrue(status.contains("NoNewPrivs:\t1"), status);
            assertTrue(status.contains("CapEff:\t0000000000000000"), status);
            assertFalse(status.contains("Uid:\t0"), status);
            String limits = Files.readString(process.resolve("limits"));
            assertTrue(limits.matches("(?s).*Max open files +0 +0 .*"), limits);
            assertTrue(limits.matches("(?s).*Max processes +0 +0 .*"), limits);
            assertTrue(limits.matches("(?s).*Max file size +0 +0 .*"), limits);
        }
    }
}
