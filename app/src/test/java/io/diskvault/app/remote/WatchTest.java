package io.diskvault.app.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class WatchTest {
    private static final String AWAY = "away";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /// Watches until the answers are used up.
    private int watch(boolean screen, boolean json, String... answers) throws CommandFailed {
        Deque<String> left = new ArrayDeque<>(List.of(answers));
        Terminal terminal = new Terminal(
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                screen,
                screen,
                Map.of(),
                _ -> Optional.empty());
        int status = new Watch(terminal, json, Duration.ofNanos(1))
                .show(
                        () -> next(left),
                        answer -> Arrays.asList(answer.path("text").asText().split(",", -1)));
        assertTrue(Thread.interrupted());
        return status;
    }

    private static JsonNode next(Deque<String> left) throws CommandFailed {
        String answer = left.removeFirst();
        if (left.isEmpty()) Thread.currentThread().interrupt();
        if (answer.equals(AWAY)) throw new CommandFailed("ServerUnreachable", "No server answers.");
        return Json.object().put("text", answer);
    }

    @Test
    void whatIsNewIsPrintedWhereNobodyWatches() throws CommandFailed {
        assertEquals(0, watch(false, false, "a,b", "a,b", "a,b,c", "x,b,c"));
        assertEquals("a\nb\nc\nx\n", out.toString(UTF_8));
    }

    @Test
    void aScreenIsDrawnOverWhenSomethingIsDifferent() throws CommandFailed {
        assertEquals(0, watch(true, false, "a", "a", "b"));
        String clear = "\u001b[H\u001b[2J\u001b[3J";
        assertEquals(clear + "a\n" + clear + "b\n", out.toString(UTF_8));
    }

    @Test
    void scriptsGetAnObjectForEachDifference() throws CommandFailed {
        assertEquals(0, watch(false, true, "a", "a", "b"));
        assertEquals("{\"text\":\"a\"}\n{\"text\":\"b\"}\n", out.toString(UTF_8));
    }

    @Test
    void aServerThatIsAwayForAWhileEndsNothing() throws CommandFailed {
        assertEquals(0, watch(false, false, "a", AWAY, "b"));
        assertEquals("a\nb\n", out.toString(UTF_8));
        assertEquals("No server answers. Asking again.\n", err.toString(UTF_8));
    }

    @Test
    void aServerThatNeverAnsweredIsAFailure() {
        assertThrows(CommandFailed.class, () -> watch(false, false, AWAY, "a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.09", "-1", "86401", "x", "1e3", ""})
    void intervalsHaveBounds(String text) {
        assertThrows(TypeConversionException.class, () -> new WatchOption.Seconds().convert(text));
    }

    @Test
    void intervalsAreSeconds() {
        assertEquals(Duration.ofMillis(500), new WatchOption.Seconds().convert("0.5"));
    }
}
