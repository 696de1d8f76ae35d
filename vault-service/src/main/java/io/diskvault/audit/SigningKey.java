package io.diskvault.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.diskvault.snapshot.LastingFile;
import io.micronaut.context.annotation.Value;
import io.micronaut.context.exceptions.ConfigurationException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;

/// The key pair of this installation that signs checkpoints: `audit.key` in the data directory, which only its owner
/// may read. The first start makes it. Nodes of one installation share it as they share the datastores' key.
@Singleton
class SigningKey {
    static final String FILE = "audit.key";
    private static final String LABEL = "PRIVATE KEY";

    private final PrivateKey secret;
    private final PublicKey open;

    SigningKey(@Value("${diskvault.data}") Path data) {
        Path file = data.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                create(data.toAbsolutePath());
            }
            String text = Files.readString(file, US_ASCII);
            secret = KeyFactory.getInstance(PublicKeys.ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(PublicKeys.content(LABEL, text)));
            open = PublicKeys.parse(text);
        } catch (IOException failure) {
            throw new ConfigurationException("The key that signs the history cannot be read: " + failure, failure);
        } catch (GeneralSecurityException damaged) {
            throw new ConfigurationException(
                    "%s is no key that signs the history (%s). Put a copy of it back; or move it away, and a new one is made."
                            .formatted(file, damaged.getMessage()),
                    damaged);
        }
    }

    private static void create(Path data) throws IOException, GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance(PublicKeys.ALGORITHM).generateKeyPair();
        String text = PublicKeys.pem(LABEL, pair.getPrivate().getEncoded()) + PublicKeys.pem(pair.getPublic());
        Files.createDirectories(data);
        try {
            LastingFile.publish(data, FILE, text.getBytes(US_ASCII));
        } catch (FileAlreadyExistsException madeMeanwhile) {
            // Another node on the same directory was first; its key counts.
        }
    }

    PublicKey publicKey() {
        return open;
    }

    byte[] sign(byte[] text) {
        try {
            Signature signature = Signature.getInstance(PublicKeys.ALGORITHM);
            signature.initSign(secret);
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible); // the key was read by the same algorithm
        }
    }

    /// Without the secret, so that it cannot slip into a log.
    @Override
    public String toString() {
        return "SigningKey[not shown]";
    }
}
