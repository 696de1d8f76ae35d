package io.diskvault.page;

import io.micronaut.http.MediaType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A file of the page, with a tag that changes with its content, and only with it.
final class PageFile {
    private static final int TAG_BYTES = 16;

    private final byte[] content;
    private final MediaType type;
    private final String entityTag;

    PageFile(byte[] content, MediaType type) {
        this.content = content;
        this.type = type;
        this.entityTag = "\"" + HexFormat.of().formatHex(hash(content), 0, TAG_BYTES) + "\"";
    }

    private static byte[] hash(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent); // every Java platform has it
        }
    }

    /// Shared with all who ask, so nobody may change it.
    byte[] content() {
        return content;
    }

    MediaType type() {
        return type;
    }

    String entityTag() {
        return entityTag;
    }
}
