package io.diskvault.engine.nbd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a server answers, taken apart as a strict client does.
final class Answers {

    private static final int SIMPLE = 0x67446698;
    private static final int STRUCTURED = 0x668e33ef;

    private final DataInputStream in;

    /// An answer to an option. A type below zero is an error.
    ///
    /// @param data its bytes, each as a character
    record OptionReply(int option, int type, String data) {

        byte[] bytes() {
            return data.getBytes(StandardCharsets.ISO_8859_1);
        }

        /// The number of an error, or the type as it is.
        int number() {
            return type & 0x7fffffff;
        }
    }

    /// An answer to a request, or a part of one.
    ///
    /// @param error of a simple answer, or of a part that says that there was one
    /// @param type of a part, or -1 for a simple answer
    /// @param payload its bytes, each as a character
    record Reply(long cookie, int error, int type, boolean last, String payload) {

        ByteBuffer bytes() {
            return ByteBuffer.wrap(array());
        }

        byte[] array() {
            return payload.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    Answers(InputStream in) {
        this.in = new DataInputStream(in);
    }

    Answers(byte[] bytes) {
        this(new ByteArrayInputStream(bytes));
    }

    Answers greeting() throws IOException {
        assertEquals(0x4e42444d41474943L, in.readLong());
        assertEquals(0x49484156454f5054L, in.readLong());
        assertEquals(3, in.readUnsignedShort());
        return this;
    }

    OptionReply option() throws IOException {
        assertEquals(0x3e889045565a9L, in.readLong());
        return new OptionReply(in.readInt(), in.readInt(), characters(in.readInt()));
    }

    /// All answers to one option.
    List<OptionReply> options() throws IOException {
        List<OptionReply> replies = new ArrayList<>();
        do {
            replies.add(option());
        } while (replies.getLast().type() > 1);
        return replies;
    }

    /// Goes past the answers to some options, the last of which let the client in.
    Answers after(int options) throws IOException {
        for (int i = 0; i < options; i++) {
            assertEquals(1, options().getLast().type());
        }
        return this;
    }

    /// @param length how much content an answer has that does not say so itself
    Reply reply(int length) throws IOException {
        int magic = in.readInt();
        if (magic == SIMPLE) {
            int error = in.readInt();
            return new Reply(in.readLong(), error, -1, true, error == 0 ? characters(length) : "");
        }
        assertEquals(STRUCTURED, magic);
        int flags = in.readUnsignedShort();
        int type = in.readUnsignedShort();
        long cookie = in.readLong();
        String payload = characters(in.readInt());
        assertTrue(flags <= 1, "flags " + flags);
        int error = type == 32769
                ? ByteBuffer.wrap(payload.getBytes(StandardCharsets.ISO_8859_1)).getInt()
                : 0;
        return new Reply(cookie, error, type, flags == 1, payload);
    }

    /// The content that a structured answer gives, put together; nothing may overlap or be missing.
    byte[] content(long cookie, long offset, int length) throws IOException {
        byte[] content = new byte[length];
        byte[] seen = new byte[length];
        Reply reply;
        do {
            reply = reply(0);
            assertEquals(cookie, reply.cookie());
            ByteBuffer payload = reply.bytes();
            if (reply.type() != 0) {
                int start = (int) (payload.getLong() - offset);
                int count = reply.type() == 2 ? payload.getInt() : payload.remaining();
                assertTrue(reply.type() == 1 || reply.type() == 2, reply.toString());
                for (int i = 0; i < count; i++) {
                    assertEquals(0, seen[start + i]++);
                    content[start + i] = reply.type() == 2 ? 0 : payload.get();
                }
            }
        } while (!reply.last());
        for (int i = 0; i < length; i++) {
            assertEquals(1, seen[i], "byte " + i);
        }
        return content;
    }

    boolean atEnd() throws IOException {
        return in.read() < 0;
    }

    private String characters(int length) throws IOException {
        return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }
}
