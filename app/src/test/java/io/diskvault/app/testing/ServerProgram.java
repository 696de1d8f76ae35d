package io.diskvault.app.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.app.Main;
import io.diskvault.app.console.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The real program as a process of its own, started from this test's class path.
public final class ServerProgram implements AutoCloseable {
    /// The administrator's token of every server that is started here for the first time.
    public static final String TOKEN = "administrator-token-for-tests-0123456789";

    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofMinutes(1);
    private static final int TERMINATED = 128 + 15;

    private final Process process;
    private final int port;
    private final Path out;
    private final Path err;

    private ServerProgram(Process process, int port, Path out, Path err) {
        this.process = process;
        this.port = port;
        this.out = out;
        this.err = err;
    }

    /// Starts `diskvault` with these arguments and `--json --port`.
    ///
    /// @param log a directory for what it writes
    public static ServerProgram start(Path log, String... arguments) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Ddisable-axoniq-console-message=true",
                "-Daxoniq.update-checker.disabled=true",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--json", "--port", String.valueOf(port)));
        Path out = Files.createTempFile(log, "server", ".out");
        Path err = Files.createTempFile(log, "server", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("DISKVAULT_ADMIN_TOKEN", TOKEN);
        return new ServerProgram(builder.start(), port, out, err);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    public String address() {
        return "http://127.0.0.1:" + port;
    }

    public Rest rest() {
        return new Rest(address(), TOKEN);
    }

    /// The object that it prints when it is ready.
    public JsonNode ready() {
        return Deadline.within(START, "the first object on standard output", () -> {
            assertTrue(process.isAlive(), () -> "it ended: " + log());
            String text = Files.readString(out);
            return text.endsWith("\n") ? Optional.of(Json.parse(text)) : Optional.empty();
        });
    }

    /// Pulls the plug.
    public void kill() {
        process.destroyForcibly();
        ended();
    }

    /// Asks it to end, and expects that it does so in order.
    public void stop() {
        process.destroy();
        assertEquals(TERMINATED, ended());
        assertTrue(log().contains("Stopped."), log());
        assertFalse(log().contains("\tat "), () -> "a stack trace: " + log());
    }

    private int ended() {
        try {
            assertTrue(process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS), () -> "it does not end: " + log());
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
        return process.exitValue();
    }

    public String log() {
        try {
            return Files.readString(err, UTF_8);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) kill();
    }
}
