package io.diskvault.app.datastore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.app.Main;
import io.diskvault.app.console.Json;
import io.diskvault.app.testing.Program.Run;
import io.diskvault.app.testing.SmallDatastore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class DatastoreExportTest {
    private static final int TERMINATED = 128 + 15;

    @TempDir
    Path temporary;

    private SmallDatastore datastore;
    private Path socket;

    @BeforeEach
    void makeARecoveryPoint() throws IOException {
        datastore = SmallDatastore.in(temporary);
        datastore.write(3, 2, 1);
        datastore.newPoint();
        socket = temporary.resolve("nbd.sock");
    }

    private Process start(String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(
                "datastore",
                "export",
                datastore.directory().toString(),
                "--key-file",
                datastore.key().toString()));
        command.addAll(List.of("--name", SmallDatastore.NAME, "--point", "latest", "--json"));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectError(temporary.resolve("export.err").toFile())
                .start();
    }

    private JsonNode ready(Process process) throws IOException {
        String line = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
        if (line == null) throw new AssertionError("it said nothing: " + said());
        return Json.parse(line);
    }

    private String said() {
        try {
            return Files.readString(temporary.resolve("export.err"));
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    /// A client as small as can be: chooses the export by its name, and reads once.
    private static byte[] read(SocketChannel channel, String export, long offset, int length) throws IOException {
        byte[] name = export.getBytes(UTF_8);
        channel.write(ByteBuffer.allocate(4 + 16 + name.length + 28)
                .putInt(3)
                .putLong(0x49484156454f5054L)
                .putInt(1)
                .putInt(name.length)
                .put(name)
                .putInt(0x25609513)
                .putInt(0)
                .putLong(7)
                .putLong(offset)
                .putInt(length)
                .flip());
        InputStream in = Channels.newInputStream(channel);
        assertEquals(18 + 10 + 16, in.readNBytes(18 + 10 + 16).length);
        return in.readNBytes(length);
    }

    private byte[] ofTheDisk(int offset, int length) throws IOException {
        return Arrays.copyOfRange(Files.readAllBytes(datastore.disk()), offset, offset + length);
    }

    @Test
    @Timeout(120)
    void servesUntilItIsStopped() throws Exception {
        Process process = start("--socket", socket.toString());
        try {
            JsonNode json = ready(process);
            assertEquals("nbd+unix:///web-1?socket=" + socket, json.path("uri").asText());
            assertEquals(64L * SmallDatastore.BLOCK, json.path("logicalBytes").asLong());
            SocketAddress address = UnixDomainSocketAddress.of(socket);
            int offset = 4 * SmallDatastore.BLOCK - 100;
            try (SocketChannel channel = SocketChannel.open(address)) {
                assertArrayEquals(ofTheDisk(offset, 200), read(channel, "", offset, 200));
                assertEquals(1, datastore.files("leases").size());

                process.destroy();

                assertTrue(process.waitFor(1, TimeUnit.MINUTES));
                assertEquals(TERMINATED, process.exitValue(), said());
            }
            assertFalse(Files.exists(socket));
            assertEquals(List.of(), datastore.files("leases"));
            assertEquals("", said());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    @Timeout(120)
    void servesAPortUnderASecretName() throws Exception {
        Process process = start("--port", "0");
        try {
            URI uri = URI.create(ready(process).path("uri").asText());
            assertTrue(uri.toString().matches("nbd://127\\.0\\.0\\.1:\\d+/[0-9a-f]{32}"), uri.toString());
            try (SocketChannel channel =
                    SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), uri.getPort()))) {
                byte[] read = read(channel, uri.getPath().substring(1), 200_000, 1000);
                assertArrayEquals(ofTheDisk(200_000, 1000), read);
            }
            for (String guess : List.of("", SmallDatastore.NAME)) {
                try (Socket guessing = new Socket(InetAddress.getLoopbackAddress(), uri.getPort())) {
                    guessing.getOutputStream()
                            .write(ByteBuffer.allocate(20 + guess.length())
                                    .putInt(3)
                                    .putLong(0x49484156454f5054L)
                                    .putInt(1)
                                    .putInt(guess.length())
                                    .put(guess.getBytes(UTF_8))
                                    .array());
                    assertEquals(18, guessing.getInputStream().readAllBytes().length);
                }
            }
        } finally {
            process.destroyForcibly();
        }
    }

    /// Sends one request to write, flush included, and waits for the answer.
    private static void write(SocketChannel channel, long offset, byte[] content) throws IOException {
        channel.write(ByteBuffer.allocate(4 + 16 + 28 + content.length)
                .putInt(3)
                .putLong(0x49484156454f5054L)
                .putInt(1)
                .putInt(0)
                .putInt(0x25609513)
                .putShort((short) 1)
                .putShort((short) 1)
                .putLong(7)
                .putLong(offset)
                .putInt(content.length)
                .put(content)
                .flip());
        byte[] answered = Channels.newInputStream(channel).readNBytes(18 + 10 + 16);
        assertEquals(18 + 10 + 16, answered.length);
        assertEquals(0, ByteBuffer.wrap(answered).getInt(18 + 10 + 4));
    }

    @Test
    @Timeout(120)
    void whatIsWrittenSurvivesTheServerAndIsKept() throws Exception {
        Path overlay = temporary.resolve("web-1.overlay");
        byte[] written = "written to the recovery point".getBytes(UTF_8);
        byte[] expected = Files.readAllBytes(datastore.disk());
        System.arraycopy(written, 0, expected, 200_000, written.length);
        Process process = start("--socket", socket.toString(), "--writable", overlay.toString());
        try {
            assertEquals(overlay.toString(), ready(process).path("writable").asText());
            try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
                write(channel, 200_000, written);
                // It has answered, so it may be killed.
                process.destroyForcibly().waitFor();
            }
        } finally {
            process.destroyForcibly();
        }
        Run kept = datastore.run("keep", "--overlay", overlay.toString(), "--name", "web-2", "--discard", "--json");
        assertEquals(0, kept.status(), kept.err());
        assertEquals(SmallDatastore.BLOCK, kept.json().path("readBytes").asLong());
        assertFalse(Files.exists(overlay));
        Path restored = temporary.resolve("restored.img");
        datastore.run("restore", "--name", "web-2", "--point", "latest", "--to", restored.toString());
        assertArrayEquals(expected, Files.readAllBytes(restored));

        Run gone = datastore.run("keep", "--overlay", overlay.toString());
        assertEquals(1, gone.status());
        assertTrue(gone.err().contains("does not exist"), gone.err());
        Run noOverlay = datastore.run("keep", "--overlay", datastore.disk().toString(), "--json");
        assertEquals(
                "OverlayUnusable", noOverlay.json().path("error").path("code").asText());
    }

    @Test
    void saysWhatIsWrongBeforeItServes() {
        List<String> point = List.of("--name", SmallDatastore.NAME, "--point", "latest");
        assertEquals(2, export(point).status());
        assertEquals(
                2, export(point, "--socket", socket.toString(), "--port", "0").status());
        assertEquals(2, export(point, "--port", "70000").status());
        assertEquals(2, export(point, "--port", "0", "--discard").status());
        Run noPoint = export(List.of("--name", "web-2", "--point", "latest"), "--socket", socket.toString());
        assertEquals(1, noPoint.status());
        assertTrue(noPoint.err().contains("web-2 has no recovery point."), noPoint.err());
        Run noSocket = export(point, "--socket", datastore.disk().toString(), "--json");
        assertEquals(1, noSocket.status());
        assertTrue(noSocket.err().contains("is no socket"), noSocket.err());
        assertEquals("InputOutput", noSocket.json().path("error").path("code").asText());
    }

    private Run export(List<String> point, String... more) {
        List<String> arguments = new ArrayList<>(point);
        arguments.addAll(List.of(more));
        return datastore.run("export", arguments.toArray(String[]::new));
    }
}
