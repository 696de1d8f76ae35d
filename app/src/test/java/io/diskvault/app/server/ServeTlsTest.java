package io.diskvault.app.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.app.client.ApiPath;
import io.diskvault.app.testing.Program;
import io.diskvault.app.testing.Program.Run;
import io.diskvault.testing.TestCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command line and a server that speaks TLS.
final class ServeTlsTest {
    @TempDir
    private static Path directory;

    private static TestCertificates files;
    private static RunningServer server;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        files = TestCertificates.in(directory);
        System.setProperty("diskvault.tls.certificate", files.certificate().toString());
        System.setProperty("diskvault.tls.key", files.key().toString());
        server = RunningServer.start(DataDirectory.take(directory.resolve("data")), "127.0.0.1", 0, List.of());
        token = server.administratorTokenOfFirstStart().orElseThrow();
    }

    @AfterAll
    static void stop() {
        System.clearProperty("diskvault.tls.certificate");
        System.clearProperty("diskvault.tls.key");
        server.close();
    }

    @Test
    void itsOwnProcessReachesItByAnyName() throws Exception {
        assertTrue(server.address().startsWith("https://127.0.0.1:"), server.address());
        assertTrue(server.ownClient().list(ApiPath.of("backup-vaults"), false).has("items"));
    }

    @Test
    void theCommandLineTrustsAPrivateAuthorityByOptionOrVariable() {
        assertEquals(0, list("--ca-certificate", files.certificate().toString()).status());
        Run byVariable = program()
                .with("DISKVAULT_CA_CERTIFICATE", files.certificate().toString())
                .run("vault", "list", "--json", "--server", server.address());
        assertEquals(0, byVariable.status(), byVariable.err());
    }

    @Test
    void theCommandLineBelievesNobodyUnasked() {
        assertRefused("ServerNotTrusted", list());
    }

    @Test
    void theCommandLineChecksTheName(@TempDir Path elsewhere) throws Exception {
        TestCertificates other = TestCertificates.in(
                elsewhere, "elsewhere.example", Instant.now().plusSeconds(86_400));
        System.setProperty("diskvault.tls.certificate", other.certificate().toString());
        System.setProperty("diskvault.tls.key", other.key().toString());
        try (RunningServer named =
                RunningServer.start(DataDirectory.take(elsewhere.resolve("data")), "127.0.0.1", 0, List.of())) {
            assertRefused(
                    "ServerNotTrusted",
                    program()
                            .run(
                                    "vault",
                                    "list",
                                    "--json",
                                    "--server",
                                    named.address(),
                                    "--ca-certificate",
                                    other.certificate().toString()));
        }
    }

    @Test
    void namesAnAuthorityThatCannotBeRead() throws Exception {
        assertRefused("CertificateUnusable", list("--ca-certificate", "absent"));
        Path empty = Files.createFile(directory.resolve("empty"));
        assertRefused("CertificateUnusable", list("--ca-certificate", empty.toString()));
    }

    private static Program program() {
        return new Program().with("DISKVAULT_TOKEN", token);
    }

    private static Run list(String... more) {
        String[] arguments = new String[5 + more.length];
        System.arraycopy(new String[] {"vault", "list", "--json", "--server", server.address()}, 0, arguments, 0, 5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return program().run(arguments);
    }

    private static void assertRefused(String code, Run run) {
        assertEquals(1, run.status());
        assertEquals(code, run.json().at("/error/code").asText(), run.out());
        assertFalse((run.out() + run.err()).contains(token));
    }
}
