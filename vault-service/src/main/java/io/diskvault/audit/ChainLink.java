package io.diskvault.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// One event's place in the chain. The byte layout of what is hashed is described in docs/audit-format.md.
///
/// @param position 1 for the first
/// @param stream whose event; copied here, so that a removed event can be named
/// @param chainedAt milliseconds since 1970
/// @param hash over the hash before, the position, the time and the event; in hexadecimal
record ChainLink(long position, long globalIndex, String stream, long sequenceNumber, long chainedAt, String hash) {
    /// What is before the first link.
    private static final String NOTHING = "0".repeat(64);

    private static final byte[] LABEL = "diskvault audit 1\n".getBytes(UTF_8);

    /// Stands for the length of what is absent.
    private static final int ABSENT = -1;

    /// The link of an event after another one.
    ///
    /// @param before null for the first
    static ChainLink after(@Nullable ChainLink before, AuditedEvent event, long chainedAt) {
        long position = before == null ? 1 : before.position + 1;
        return new ChainLink(
                position,
                event.globalIndex(),
                event.stream(),
                event.sequenceNumber(),
                chainedAt,
                hash(before, position, chainedAt, event));
    }

    /// Whether this link is that of the event, after the other link.
    boolean holds(@Nullable ChainLink before, AuditedEvent event) {
        return hash.equals(hash(before, position, chainedAt, event));
    }

    private static String hash(@Nullable ChainLink before, long position, long chainedAt, AuditedEvent event) {
        MessageDigest digest = sha256();
        digest.update(LABEL);
        text(digest, before == null ? NOTHING : before.hash);
        number(digest, position);
        number(digest, chainedAt);
        number(digest, event.globalIndex());
        text(digest, event.type());
        text(digest, event.stream());
        number(digest, event.sequenceNumber());
        text(digest, event.id());
        text(digest, event.timestamp());
        text(digest, event.payloadType());
        text(digest, event.revision());
        bytes(digest, event.payload());
        bytes(digest, event.metadata());
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void number(MessageDigest digest, long number) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
    }

    private static void text(MessageDigest digest, @Nullable String text) {
        bytes(digest, text == null ? null : text.getBytes(UTF_8));
    }

    private static void bytes(MessageDigest digest, byte @Nullable [] bytes) {
        int length = bytes == null ? ABSENT : bytes.length;
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
        if (bytes != null) {
            digest.update(bytes);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent); // every Java platform has it
        }
    }
}
