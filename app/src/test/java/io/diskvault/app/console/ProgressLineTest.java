package io.diskvault.app.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProgressLineTest {
    private static final long SECOND = 1_000_000_000L;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void drawsOverTheSameLineAndTakesItAwayAtTheEnd() {
        try (ProgressLine line = line(true)) {
            line.show(1L << 28, 1L << 30, SECOND);
            line.show(1L << 29, 1L << 30, 2 * SECOND);
        }

        assertEquals(
                "\r\u001b[KBackup   25.0 %  256.0 MiB of 1.0 GiB  256.0 MiB/s"
                        + "\r\u001b[KBackup   50.0 %  512.0 MiB of 1.0 GiB  256.0 MiB/s\r\u001b[K",
                err.toString(UTF_8));
    }

    @Test
    void drawsNoOftenerThanPeopleCanSee() {
        try (ProgressLine line = line(true)) {
            for (int done = 0; done < 1000; done++) line.show(done, 1000, SECOND + done);
        }

        assertEquals(2, err.toString(UTF_8).split("\r", -1).length - 1, "one drawing and one clearing");
    }

    @Test
    void drawsNothingWhereNobodyWatches() {
        try (ProgressLine line = line(false)) {
            line.show(1, 2, SECOND);
            line.show("waiting in the queue");
        }

        assertEquals("", err.toString(UTF_8));
    }

    private ProgressLine line(boolean interactive) {
        PrintStream stream = new PrintStream(err, true, UTF_8);
        return new ProgressLine(new Terminal(stream, stream, interactive, Map.of()), "Backup", 0);
    }
}
