package io.diskvault.web.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.testing.TestCertificates;
import io.diskvault.web.tls.CertifiedKey.Unusable;
import io.micronaut.context.exceptions.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that cannot be used say so, and name what is wrong.
final class CertifiedKeyTest {
    @TempDir
    Path directory;

    private TestCertificates good;

    @BeforeEach
    void makeFiles() throws Exception {
        good = TestCertificates.in(directory);
    }

    @Test
    void readsWhatBelongsTogetherAndNeverShowsTheKey() throws Exception {
        CertifiedKey read = CertifiedKey.read(good.certificate(), good.key());

        assertEquals(1, read.chain().size());
        assertTrue(read.toString().startsWith("CN=localhost"), read.toString());
        assertFalse(read.toString().contains("PrivateKey"));
    }

    @Test
    void refusesAMissingFile() {
        assertRefused("There is no file", directory.resolve("absent"), good.key());
        assertRefused("There is no file", good.certificate(), directory.resolve("absent"));
    }

    @Test
    void refusesWhatIsNoFile() {
        assertRefused("is no file", directory, good.key());
        assertRefused("is no file", Path.of("/dev/zero"), good.key());
    }

    @Test
    void refusesAFileWithSomethingElseInIt() throws Exception {
        Path other = Files.writeString(directory.resolve("other"), "nothing of the kind");
        assertRefused("holds no certificate", other, good.key());
        assertRefused("holds no certificate", Files.createFile(directory.resolve("empty")), good.key());
        assertRefused("holds no private key", good.certificate(), other);
        assertRefused("holds no private key", good.certificate(), good.certificate());
    }

    @Test
    void refusesTheKeyOfAnotherCertificate() throws Exception {
        TestCertificates other = TestCertificates.in(Files.createDirectory(directory.resolve("other")));
        assertRefused("is not that of the first certificate", good.certificate(), other.key());
    }

    @Test
    void refusesAnExpiredCertificateAndOneOfTomorrow() throws Exception {
        TestCertificates expired =
                TestCertificates.in(directory, "localhost", Instant.now().minus(Duration.ofDays(1)));
        assertRefused("is not valid today", expired.certificate(), expired.key());
        TestCertificates future =
                TestCertificates.in(directory, "localhost", Instant.now().plus(Duration.ofDays(91)));
        assertRefused("is not valid today", future.certificate(), future.key());
    }

    @Test
    void saysHowToConvertAnEncryptedOrOldKey() throws Exception {
        for (String type : new String[] {"ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"}) {
            Path old = Files.writeString(
                    directory.resolve("old"), Files.readString(good.key()).replace("PRIVATE KEY", type));
            assertRefused("openssl pkey", good.certificate(), old);
        }
    }

    @Test
    void refusesAKeyWithoutACertificateAndTheOtherWayRound() {
        Optional<Path> file = Optional.of(good.key());
        assertThrows(ConfigurationException.class, () -> new TlsSettings(Optional.empty(), file, false));
        assertThrows(ConfigurationException.class, () -> new TlsSettings(file, Optional.empty(), false));
        assertEquals(
                Optional.empty(),
                new TlsSettings(Optional.of(Path.of("")), Optional.of(Path.of("")), false).certificate());
    }

    private static void assertRefused(String reason, Path certificate, Path key) {
        Unusable refused = assertThrows(Unusable.class, () -> CertifiedKey.read(certificate, key));
        assertTrue(String.valueOf(refused.getMessage()).contains(reason), refused.getMessage());
    }
}
