package io.diskvault.web.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A private key and the certificates that vouch for it; the two belong together, and the first is valid today.
///
/// @param chain the server's own certificate first
record CertifiedKey(PrivateKey key, List<X509Certificate> chain) {
    private static final Pattern PEM_KEY =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    /// Large enough for any chain; a device that never ends must not be read to its end.
    private static final long SIZE_MAX = 1 << 20;

    private static final byte[] PROBE = "does this key belong to this certificate?".getBytes(US_ASCII);

    CertifiedKey {
        chain = List.copyOf(chain);
    }

    /// Why files cannot be used, in a sentence that names the file.
    static final class Unusable extends Exception {
        Unusable(String message) {
            super(message);
        }
    }

    static CertifiedKey read(Path certificate, Path key) throws Unusable {
        List<X509Certificate> chain = readChain(certificate);
        PrivateKey secret = readKey(key, chain.getFirst().getPublicKey().getAlgorithm());
        if (!belong(secret, chain.getFirst())) {
            throw new Unusable("The key in %s is not that of the first certificate in %s. Name the two that belong"
                            .formatted(key, certificate)
                    + " together, the server's own certificate before its issuers'.");
        }
        return new CertifiedKey(secret, chain);
    }

    private static List<X509Certificate> readChain(Path file) throws Unusable {
        List<X509Certificate> chain;
        try {
            chain =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes(file)))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
        } catch (GeneralSecurityException malformed) {
            throw new Unusable("The file %s holds no certificates in PEM: %s.".formatted(file, malformed.getMessage()));
        }
        if (chain.isEmpty()) {
            throw new Unusable(
                    "The file %s holds no certificate; PEM is needed, -----BEGIN CERTIFICATE-----.".formatted(file));
        }
        try {
            chain.getFirst().checkValidity();
        } catch (CertificateExpiredException | CertificateNotYetValidException invalid) {
            throw new Unusable(
                    "The certificate in %s is not valid today: %s. Get a new one, or look at the clock of this machine."
                            .formatted(file, invalid.getMessage()));
        }
        return chain;
    }

    private static PrivateKey readKey(Path file, String algorithm) throws Unusable {
        Matcher pem = PEM_KEY.matcher(new String(bytes(file), ISO_8859_1));
        if (!pem.find()) {
            throw new Unusable(
                    "The file %s holds no private key; PEM is needed, -----BEGIN PRIVATE KEY-----.".formatted(file));
        }
        if (!pem.group(1).equals("PRIVATE KEY")) {
            throw new Unusable(
                    "The file %s holds a key as '%s', which is not supported. Convert it to PKCS #8 without a password: openssl pkey -in OLD -out NEW."
                            .formatted(file, pem.group(1)));
        }
        try {
            return KeyFactory.getInstance(algorithm)
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(2))));
        } catch (InvalidKeySpecException _) {
            throw new Unusable(
                    "The file %s holds no %s key, but the certificate is for one.".formatted(file, algorithm));
        } catch (GeneralSecurityException unknown) {
            throw new Unusable("Keys like that of %s are not supported: %s.".formatted(file, unknown.getMessage()));
        }
    }

    private static byte[] bytes(Path file) throws Unusable {
        try {
            if (!Files.isRegularFile(file)) {
                throw new Unusable(
                        Files.exists(file)
                                ? "%s is no file.".formatted(file)
                                : "There is no file %s.".formatted(file.toAbsolutePath()));
            }
            if (Files.size(file) > SIZE_MAX) {
                throw new Unusable("The file %s is too large to hold certificates or a key.".formatted(file));
            }
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw new Unusable("The file %s cannot be read by this user: %s.".formatted(file, failure));
        }
    }

    private static boolean belong(PrivateKey key, X509Certificate certificate) throws Unusable {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (java.security.NoSuchAlgorithmException unknown) {
            throw new Unusable("Keys of the kind %s are not supported; take RSA or EC.".formatted(key.getAlgorithm()));
        } catch (GeneralSecurityException _) {
            return false; // a signature of another length, for instance
        }
    }

    /// In the form that the network layer takes.
    KeyStore keyStore() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", key, new char[0], chain.toArray(X509Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible); // nothing is read, and every Java platform has PKCS #12
        }
    }

    /// Without the key, so that it cannot slip into a log.
    @Override
    public String toString() {
        return chain.getFirst().getSubjectX500Principal() + ", serial number "
                + chain.getFirst().getSerialNumber().toString(16);
    }
}
