package io.diskvault.engine.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The secret that all keys of one datastore are derived from. Never shown, never compared, never written but sealed.
public final class DataKey {

    public static final int BYTES = 32;

    /// How long it is when it is sealed.
    public static final int SEALED_BYTES = BYTES + OneTimeSeal.TAG_BYTES;

    private final byte[] secret;

    private DataKey(byte[] secret) {
        if (secret.length != BYTES) {
            throw new IllegalArgumentException("A data key has " + BYTES + " bytes, not " + secret.length + ".");
        }
        this.secret = secret.clone();
    }

    public static DataKey create(Randomness randomness) {
        return new DataKey(randomness.bytes(BYTES));
    }

    /// The data key as it is kept: sealed with a secret from outside, and bound to what it belongs to.
    public byte[] sealed(byte[] outerSecret, byte[] salt, byte[] boundTo) {
        return new OneTimeSeal(derive(outerSecret, "diskvault data key seal 1", salt)).seal(secret, boundTo);
    }

    /// The data key out of its sealed form.
    ///
    /// @throws GeneralSecurityException when the outer secret is another one, or what it is bound to has changed
    public static DataKey unseal(byte[] sealed, byte[] outerSecret, byte[] salt, byte[] boundTo)
            throws GeneralSecurityException {
        return new DataKey(
                new OneTimeSeal(derive(outerSecret, "diskvault data key seal 1", salt)).open(sealed, boundTo));
    }

    /// The key of the function that names chunks.
    public SecretKey chunkIdKey() {
        return new SecretKeySpec(derive(secret, "diskvault chunk id 1", new byte[0]), "HmacSHA256");
    }

    /// The key of the function that tells whether a block has changed.
    public SecretKey fingerprintKey() {
        return new SecretKeySpec(derive(secret, "diskvault fingerprint 1", new byte[0]), "AES");
    }

    /// The key that seals the chunks of one pack.
    public SecretKey packKey(byte[] packId) {
        return new SecretKeySpec(derive(secret, "diskvault pack 1", packId), "AES");
    }

    /// The seal of one recovery-point record.
    public OneTimeSeal pointSeal(byte[] salt) {
        return new OneTimeSeal(derive(secret, "diskvault point 1", salt));
    }

    private static byte[] derive(byte[] from, String label, byte[] salt) {
        byte[] info = label.getBytes(StandardCharsets.US_ASCII);
        byte[] labelled = Arrays.copyOf(info, info.length + salt.length);
        System.arraycopy(salt, 0, labelled, info.length, salt.length);
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract().addIKM(from).thenExpand(labelled, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime must offer HKDF-SHA256.", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HKDF-SHA256 refused its parameters.", e);
        }
    }

    @Override
    public String toString() {
        return "DataKey[not shown]";
    }
}
