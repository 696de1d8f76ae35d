package io.diskvault.app.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.app.console.Json;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonLineEncoderTest {
    private static final LoggerContext CONTEXT = new LoggerContext();

    private static LoggingEvent event(
            Map<String, String> known, String message, @Nullable Throwable cause, Object... arguments) {
        LoggingEvent event = new LoggingEvent(
                "caller", CONTEXT.getLogger("io.diskvault.job.JobWorkers"), Level.WARN, message, cause, arguments);
        event.setInstant(Instant.parse("2026-11-21T09:08:07.065Z"));
        event.setThreadName("job-worker-1");
        event.setMDCPropertyMap(known);
        return event;
    }

    private static String encoded(LoggingEvent event) {
        JsonLineEncoder encoder = new JsonLineEncoder();
        encoder.start();
        return new String(encoder.encode(event), UTF_8);
    }

    @Test
    void anEventIsOneLine() throws JsonProcessingException {
        Map<String, String> known = Map.of("job", "j-1", "instance", "prod/web-1");
        String line = encoded(event(known, "two\nlines of {} and \"{}\"", null, "job", "a quote"));
        assertEquals(line.length() - 1, line.indexOf('\n'));
        JsonNode read = Json.parse(line);
        assertEquals("2026-11-21T09:08:07.065Z", read.path("time").asText());
        assertEquals("WARN", read.path("level").asText());
        assertEquals("io.diskvault.job.JobWorkers", read.path("logger").asText());
        assertEquals("job-worker-1", read.path("thread").asText());
        assertEquals("two\nlines of job and \"a quote\"", read.path("message").asText());
        assertEquals("j-1", read.path("job").asText());
        assertEquals("prod/web-1", read.path("instance").asText());
        assertTrue(read.path("error").isMissingNode());
    }

    @Test
    void aStackTraceIsInTheSameLine() throws JsonProcessingException {
        String line = encoded(event(Map.of(), "failed", new IllegalStateException("no room")));
        assertEquals(line.length() - 1, line.indexOf('\n'));
        String error = Json.parse(line).path("error").asText();
        assertTrue(error.startsWith("java.lang.IllegalStateException: no room\n"), error);
        assertTrue(error.contains("at io.diskvault.app.server.JsonLineEncoderTest."), error);
    }

    @Test
    void formatsAreReadInAnyCase() {
        assertEquals(Optional.of(LogFormat.JSON), LogFormat.of(" Json "));
        assertEquals(Optional.of(LogFormat.TEXT), LogFormat.of("text"));
        assertEquals(Optional.empty(), LogFormat.of("xml"));
    }
}
