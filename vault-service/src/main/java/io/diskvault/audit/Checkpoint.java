package io.diskvault.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How long the chain was at an instant, and the hash it had; signed. Its text is what stands in its file.
///
/// @param number 1 for the first
/// @param events how many links the chain had
/// @param hash of the last of them, in hexadecimal
/// @param previous SHA-256 of the text of the checkpoint before; zeros for the first
/// @param key whose signature it is, see [PublicKeys#fingerprint]
/// @param signature over all of the text before it, in Base64
record Checkpoint(
        long number,
        long events,
        long lastGlobalIndex,
        String hash,
        Instant time,
        String previous,
        String key,
        String signature) {
    /// What the first checkpoint has as the hash of the one before.
    static final String NONE = "0".repeat(64);

    private static final String SIGNATURE = "signature ";

    private static final Pattern TEXT = Pattern.compile("""
            diskvault-audit-checkpoint 1
            number (\\d{1,18})
            events (\\d{1,18})
            last-global-index (\\d{1,18})
            hash ([0-9a-f]{64})
            time (\\S{1,40})
            previous ([0-9a-f]{64})
            key ([0-9a-f]{64})
            signature ([A-Za-z0-9+/]{86}==)
            """);

    /// Signs a new checkpoint.
    static Checkpoint sign(long number, ChainLink head, Instant time, String previous, SigningKey key) {
        Checkpoint unsigned = new Checkpoint(
                number,
                head.position(),
                head.globalIndex(),
                head.hash(),
                time,
                previous,
                PublicKeys.fingerprint(key.publicKey()),
                "");
        return unsigned.withSignature(Base64.getEncoder().encodeToString(key.sign(unsigned.signed())));
    }

    /// @return empty if the text is no checkpoint of a version that is known
    static Optional<Checkpoint> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Checkpoint(
                    Long.parseLong(matcher.group(1)),
                    Long.parseLong(matcher.group(2)),
                    Long.parseLong(matcher.group(3)),
                    matcher.group(4),
                    Instant.parse(matcher.group(5)),
                    matcher.group(6),
                    matcher.group(7),
                    matcher.group(8)));
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    private Checkpoint withSignature(String signed) {
        return new Checkpoint(number, events, lastGlobalIndex, hash, time, previous, key, signed);
    }

    private byte[] signed() {
        return """
                diskvault-audit-checkpoint 1
                number %d
                events %d
                last-global-index %d
                hash %s
                time %s
                previous %s
                key %s
                """.formatted(number, events, lastGlobalIndex, hash, time, previous, key)
                .getBytes(UTF_8);
    }

    /// What stands in its file.
    String text() {
        return new String(signed(), UTF_8) + SIGNATURE + signature + "\n";
    }

    boolean isSignedBy(PublicKey signer) {
        try {
            Signature check = Signature.getInstance(PublicKeys.ALGORITHM);
            check.initVerify(signer);
            check.update(signed());
            return check.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException unusable) {
            return false;
        }
    }

    /// What the next checkpoint says about this one.
    String textHash() {
        return HexFormat.of().formatHex(ChainLink.sha256().digest(text().getBytes(UTF_8)));
    }

    /// In the order of numbers; two of one number, as after an older database was put back, do not collide.
    String fileName() {
        return "%018d-%s%s".formatted(number, hash.substring(0, 16), CheckpointFiles.SUFFIX);
    }
}
