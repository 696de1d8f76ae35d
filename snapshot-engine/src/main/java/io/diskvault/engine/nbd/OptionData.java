package io.diskvault.engine.nbd;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// What a client sent with an option, from its start to its end.
final class OptionData {

    /// Says that it is not what the option needs.
    static final class MalformedException extends Exception {

        private MalformedException(String message) {
            super(message);
        }
    }

    private final ByteBuffer bytes;

    OptionData(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /// A number of 32 bits. Larger than any amount of data when the client says so.
    long unsignedInt() throws MalformedException {
        require(Integer.BYTES);
        return Integer.toUnsignedLong(bytes.getInt());
    }

    int unsignedShort() throws MalformedException {
        require(Short.BYTES);
        return Short.toUnsignedInt(bytes.getShort());
    }

    /// A text after its length.
    String text() throws MalformedException {
        return text(unsignedInt());
    }

    /// All that is left, as a text.
    String rest() throws MalformedException {
        return text(bytes.remaining());
    }

    private String text(long length) throws MalformedException {
        require(length);
        if (length > Nbd.STRING_BYTES_MAX) {
            throw new MalformedException("A name is longer than " + Nbd.STRING_BYTES_MAX + " bytes.");
        }
        ByteBuffer encoded = bytes.slice(bytes.position(), (int) length);
        bytes.position(bytes.position() + (int) length);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(encoded).toString();
            if (text.indexOf('\0') < 0) {
                return text;
            }
        } catch (CharacterCodingException _) {
            // Told below: no reply may repeat what cannot be read.
        }
        throw new MalformedException("A name is not text in UTF-8.");
    }

    private void require(long count) throws MalformedException {
        if (bytes.remaining() < count) {
            throw new MalformedException("The option's data ends too early.");
        }
    }

    void requireEnd() throws MalformedException {
        if (bytes.hasRemaining()) {
            throw new MalformedException("The option has more data than it needs.");
        }
    }
}
