package io.diskvault.app.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.app.testing.Program;
import io.diskvault.app.testing.Program.Run;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that cannot start says why in one sentence.
final class ServeRefusalTest {
    @TempDir
    Path temporary;

    @Test
    void saysThatThePortIsUsed() throws Exception {
        try (ServerSocket used = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertRefused("PortUnavailable", serve("--port", String.valueOf(used.getLocalPort())));
        }
    }

    @Test
    void saysThatAnotherServerRunsOnTheDirectory() throws Exception {
        try (DataDirectory _ = DataDirectory.take(temporary)) {
            assertRefused("DataDirectoryInUse", serve("--port", "0"));
        }
    }

    @Test
    void saysThatAnAllowedDirectoryIsMissing() {
        assertRefused(
                "AllowedRootMissing",
                serve("--allow", temporary.resolve("missing").toString()));
    }

    @Test
    void saysThatTheAddressIsNotThisMachines() {
        assertRefused("PortUnavailable", serve("--host", "192.0.2.1", "--port", "0"));
    }

    @Test
    void namesASettingThatNobodyReads() {
        System.setProperty("diskvault.jobs.worker", "3");
        try {
            Run run = serve("--port", "0");
            assertRefused("SettingInvalid", run);
            assertTrue(run.out().contains("Unknown setting diskvault.jobs.worker."), run.out());
        } finally {
            System.clearProperty("diskvault.jobs.worker");
        }
    }

    @Test
    void callsWrongUsageByItsStatus() {
        assertEquals(2, serve("--port", "many").status());
        assertEquals(2, serve("--nonsense").status());
    }

    private Run serve(String... more) {
        String[] arguments = new String[4 + more.length];
        arguments[0] = "serve";
        arguments[1] = "--json";
        arguments[2] = "--data";
        arguments[3] = temporary.toString();
        System.arraycopy(more, 0, arguments, 4, more.length);
        return new Program().run(arguments);
    }

    private static void assertRefused(String code, Run run) {
        assertEquals(1, run.status());
        assertEquals(code, run.json().at("/error/code").asText(), run.out());
        assertFalse(run.err().contains("\tat "), run.err());
    }
}
