package io.diskvault.web.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.testing.TestCertificates;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server with certificate files.
final class TlsServerTest {
    @TempDir
    private static Path directory;

    private static TestCertificates files;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        files = TestCertificates.in(directory);
        Map<String, Object> settings = new HashMap<>(TestDatabase.H2.fresh(directory.resolve("data")));
        settings.put("diskvault.tls.certificate", files.certificate().toString());
        settings.put("diskvault.tls.key", files.key().toString());
        server = TestServer.start(settings);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void speaksTlsAndNothingElse() throws Exception {
        assertEquals("https", server.url().getScheme());
        assertTrue(
                exchange(server.part(TlsCertificate.class).current(), "TLSv1.3").startsWith("HTTP/1.1 200"));
        assertTrue(
                exchange(server.part(TlsCertificate.class).current(), "TLSv1.2").startsWith("HTTP/1.1 200"));
        try (Socket plain = connect()) {
            plain.getOutputStream().write("GET /health HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
            assertTrue(!new String(plain.getInputStream().readAllBytes(), US_ASCII).contains("HTTP/1.1 200"));
        }
    }

    @Test
    void refusesOldProtocols() {
        X509Certificate shown = server.part(TlsCertificate.class).current();
        assertThrows(IOException.class, () -> exchange(shown, "TLSv1.1"));
    }

    @Test
    void theCookieOfASessionNeverLeavesTls() throws Exception {
        X509Certificate shown = server.part(TlsCertificate.class).current();
        String signedIn =
                exchange(shown, "TLSv1.3", "POST /api/v1/session", "Authorization: Bearer " + TestServer.TOKEN);
        Matcher cookie = Pattern.compile(
                        "(?i)set-cookie: __Host-(diskvault-session=[-\\w]{43}); *Path=/; *Secure; *HttpOnly; *SameSite=Strict")
                .matcher(signedIn);
        assertTrue(cookie.find(), signedIn);
        String vaults = "GET /api/v1/backup-vaults";
        assertTrue(exchange(shown, "TLSv1.3", vaults, "Cookie: __Host-" + cookie.group(1))
                .startsWith("HTTP/1.1 200"));
        // Without the prefix it may come from a neighbour in the domain.
        assertTrue(
                exchange(shown, "TLSv1.3", vaults, "Cookie: " + cookie.group(1)).startsWith("HTTP/1.1 401"));
    }

    @Test
    void showsANewCertificateWhenTheFilesChange() throws Exception {
        TlsCertificate certificate = server.part(TlsCertificate.class);
        X509Certificate before = certificate.current();
        TestCertificates.in(directory);

        certificate.refresh();

        X509Certificate after = certificate.current();
        assertNotEquals(before, after);
        assertTrue(exchange(after, "TLSv1.3").startsWith("HTTP/1.1 200"));
        assertThrows(SSLHandshakeException.class, () -> exchange(before, "TLSv1.3"));
    }

    @Test
    void keepsTheCertificateThatItHasWhenTheNewOneCannotBeUsed() throws Exception {
        TlsCertificate certificate = server.part(TlsCertificate.class);
        X509Certificate before = certificate.current();
        byte[] good = Files.readAllBytes(files.certificate());
        Files.writeString(files.certificate(), "half writ");

        certificate.refresh();

        assertEquals(before, certificate.current());
        assertTrue(exchange(before, "TLSv1.3").startsWith("HTTP/1.1 200"));
        Files.delete(files.certificate());
        certificate.refresh();
        assertEquals(before, certificate.current());
        Files.write(files.certificate(), good);
        certificate.refresh();
        assertEquals(before, certificate.current());
    }

    @Test
    void refusesToListenBeyondLoopbackWithoutTls(@TempDir Path data) {
        Map<String, Object> settings = new HashMap<>(TestDatabase.H2.fresh(data));
        settings.put("micronaut.server.host", "0.0.0.0");
        assertTrue(refusal(settings).contains("would listen on 0.0.0.0 without TLS"));
        settings.put("diskvault.tls.allow-plain", true);
        TestServer.start(settings).close();
    }

    @Test
    void refusesToStartWithFilesThatCannotBeUsed(@TempDir Path data) {
        Map<String, Object> settings = new HashMap<>(TestDatabase.H2.fresh(data));
        settings.put("diskvault.tls.certificate", data.resolve("absent").toString());
        assertTrue(refusal(settings).contains("only the first is set"));
        settings.put("diskvault.tls.key", files.key().toString());
        assertTrue(refusal(settings).contains("There is no file"));
    }

    private static String refusal(Map<String, Object> settings) {
        Throwable cause = assertThrows(
                RuntimeException.class, () -> TestServer.start(settings).close());
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private static String exchange(X509Certificate trusted, String protocol) throws Exception {
        return exchange(trusted, protocol, "GET /health", "Accept: */*");
    }

    /// What a client reads that trusts only one certificate, checks the name and speaks only one protocol.
    private static String exchange(X509Certificate trusted, String protocol, String request, String header)
            throws Exception {
        try (Socket plain = connect();
                SSLSocket socket = (SSLSocket) trusting(trusted)
                        .getSocketFactory()
                        .createSocket(plain, "localhost", server.url().getPort(), true)) {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.getOutputStream()
                    .write("%s HTTP/1.1\r\nHost: localhost\r\n%s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                            .formatted(request, header)
                            .getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    private static Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.url().getPort());
    }

    private static SSLContext trusting(X509Certificate certificate) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("server", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
