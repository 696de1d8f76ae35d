package io.diskvault.restore.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    Path directory;

    private static Tool.Ended shell(String script, Duration limit) throws IOException {
        return Tool.run(List.of("/bin/sh", "-c", script), Map.of("GIVEN", "given"), limit, () -> false);
    }

    @Test
    void tellsTheStatusAndBothStreamsAndPassesNothingOn() throws IOException {
        Tool.Ended ended = shell("echo \"$GIVEN\"; echo wrong >&2; env; exit 7", LONG);
        assertEquals(Optional.of(7), ended.status());
        assertTrue(ended.output().startsWith("given\nwrong\n"), ended.output());
        assertTrue(ended.output().contains("PATH=/usr/sbin"), ended.output());
        assertFalse(ended.output().contains("HOME="), "the server's environment stays with it: " + ended.output());
    }

    @Test
    void keepsTheEndOfWhatIsSaidWithoutEnd() throws IOException {
        Tool.Ended ended = shell("seq 1 200000; echo the end", LONG);
        assertTrue(ended.output().startsWith("…") && ended.output().endsWith("the end"), ended.output());
        assertTrue(ended.output().length() < 5000);
    }

    @Test
    void endsWhatTakesTooLongWithAllItStarted() throws IOException {
        Path pids = directory.resolve("pids");
        // One child is waited for, the other's parent is gone.
        String script = "echo start; sleep 600 & echo $! > PIDS; (sleep 600 & echo $! >> PIDS); echo both; wait"
                .replace("PIDS", pids.toString());
        Tool.Ended ended = shell(script, Duration.ofMillis(1500));
        assertEquals(Optional.empty(), ended.status());
        assertTrue(ended.output().contains("start"), ended.output());
        assumeTrue(Tool.find("setsid").isPresent(), "no setsid");
        for (String pid : Files.readAllLines(pids)) {
            assertGone(Long.parseLong(pid));
        }
    }

    @Test
    void whatRunsOnWhenTheProgramHasEndedIsEndedToo() throws IOException {
        assumeTrue(Tool.find("setsid").isPresent(), "no setsid");
        Path pid = directory.resolve("pid");
        Tool.Ended ended = shell("sleep 600 & echo $! > " + pid + "; echo over", LONG);
        assertEquals(Optional.of(0), ended.status());
        assertEquals("over", ended.output());
        assertGone(Long.parseLong(Files.readString(pid).strip()));
    }

    /// A killed process is there until whoever inherited it has taken note.
    private static void assertGone(long pid) throws IOException {
        Path status = Path.of("/proc/" + pid + "/status");
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (Files.exists(status) && !Files.readString(status).contains("State:\tZ")) {
            assertTrue(System.nanoTime() < deadline, "process " + pid + " lives on");
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void canBeCancelled() {
        assertThrows(
                CancellationException.class,
                () -> Tool.run(List.of("/bin/sh", "-c", "sleep 600"), Map.of(), LONG, () -> true));
    }
}
