package io.diskvault.engine.nbd;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;

/// The client's part of the beginning of a connection: "fixed newstyle", with structured replies. Runs once.
///
/// Whatever the server says is taken as if it wanted to do harm: each answer is checked, and none may be long.
final class ClientHandshake {

    private static final int GREETING_BYTES = 18;
    private static final int OPTION_HEADER_BYTES = 16;
    private static final int REPLY_HEADER_BYTES = 20;

    /// More than any name or message has.
    private static final int REPLY_BYTES_MAX = 16 << 10;

    /// To one option; servers send a handful.
    private static final int REPLIES_MAX = 32;

    /// @param type one of `Nbd.REP_…`
    private record Reply(int type, OptionData data) {}

    private final Wire wire;
    private final byte[] export;

    ClientHandshake(Wire wire, String export) {
        this.wire = wire;
        this.export = export.getBytes(StandardCharsets.UTF_8);
    }

    /// @throws ProtocolException when the server breaks the rules, or cannot do what is needed
    Agreement run() throws IOException {
        try {
            greet();
            agreeOnStructuredReplies();
            return go(allocation());
        } catch (OptionData.MalformedException e) {
            throw new ProtocolException("The NBD server's answer cannot be read: " + e.getMessage());
        }
    }

    private void greet() throws IOException {
        ByteBuffer greeting = wire.receive(GREETING_BYTES);
        if (greeting.getLong() != Nbd.MAGIC || greeting.getLong() != Nbd.OPTION_MAGIC) {
            throw new ProtocolException("What answers there is no NBD server, or one of the oldest kind.");
        }
        int flags = greeting.getShort();
        if ((flags & Nbd.FLAG_FIXED_NEWSTYLE) == 0) {
            throw new ProtocolException("The NBD server is of an old kind: it has no fixed newstyle handshake.");
        }
        int known = flags & (Nbd.FLAG_FIXED_NEWSTYLE | Nbd.FLAG_NO_ZEROES);
        wire.send(ByteBuffer.allocate(Integer.BYTES).putInt(known).flip());
    }

    private void agreeOnStructuredReplies() throws IOException, OptionData.MalformedException {
        ask(Nbd.OPT_STRUCTURED_REPLY, ByteBuffer.allocate(0));
        if (reply(Nbd.OPT_STRUCTURED_REPLY).type() != Nbd.REP_ACK) {
            throw new ProtocolException("The NBD server is of an old kind: it has no structured replies.");
        }
    }

    private OptionalInt allocation() throws IOException, OptionData.MalformedException {
        byte[] query = Nbd.BASE_ALLOCATION.getBytes(StandardCharsets.UTF_8);
        ask(
                Nbd.OPT_SET_META_CONTEXT,
                ByteBuffer.allocate(3 * Integer.BYTES + export.length + query.length)
                        .putInt(export.length)
                        .put(export)
                        .putInt(1)
                        .putInt(query.length)
                        .put(query)
                        .flip());
        OptionalInt allocation = OptionalInt.empty();
        for (int count = 0; count < REPLIES_MAX; count++) {
            Reply reply = reply(Nbd.OPT_SET_META_CONTEXT);
            if (reply.type() == Nbd.REP_META_CONTEXT) {
                int number = (int) reply.data().unsignedInt();
                if (reply.data().rest().equals(Nbd.BASE_ALLOCATION)) {
                    allocation = OptionalInt.of(number);
                }
            } else {
                return reply.type() == Nbd.REP_ACK ? allocation : OptionalInt.empty();
            }
        }
        throw tooMany();
    }

    private Agreement go(OptionalInt allocation) throws IOException, OptionData.MalformedException {
        ask(
                Nbd.OPT_GO,
                ByteBuffer.allocate(Integer.BYTES + export.length + Short.BYTES)
                        .putInt(export.length)
                        .put(export)
                        .putShort((short) 0)
                        .flip());
        Optional<Agreement> agreement = Optional.empty();
        for (int count = 0; count < REPLIES_MAX; count++) {
            Reply reply = reply(Nbd.OPT_GO);
            if (reply.type() == Nbd.REP_ACK) {
                return agreement.orElseThrow(
                        () -> new ProtocolException("The NBD server does not say how large its disk is."));
            }
            if (reply.type() != Nbd.REP_INFO) {
                throw refused(reply);
            }
            if (reply.data().unsignedShort() == Nbd.INFO_EXPORT) {
                agreement = Optional.of(export(reply.data(), allocation));
            }
        }
        throw tooMany();
    }

    private static Agreement export(OptionData data, OptionalInt allocation)
            throws OptionData.MalformedException, ProtocolException {
        long size = (data.unsignedInt() << Integer.SIZE) | data.unsignedInt();
        int flags = data.unsignedShort();
        data.requireEnd();
        if (size < 0) {
            throw new ProtocolException("The NBD server says that its disk has more bytes than can be counted.");
        }
        return new Agreement(
                size, (flags & Nbd.FLAG_READ_ONLY) != 0, (flags & Nbd.FLAG_CAN_MULTI_CONN) != 0, allocation);
    }

    private static ProtocolException refused(Reply reply) {
        String reason = "error " + (reply.type() & ~Nbd.REP_FLAG_ERROR);
        try {
            String message = reply.data().rest();
            reason = message.isEmpty() ? reason : ServerError.printable(message);
        } catch (OptionData.MalformedException _) {
            // The number says enough.
        }
        return new ProtocolException("The NBD server does not give its disk: " + reason);
    }

    private static ProtocolException tooMany() {
        return new ProtocolException("The NBD server has answered too often.");
    }

    private void ask(int option, ByteBuffer data) throws ConnectionLostException {
        wire.send(ByteBuffer.allocate(OPTION_HEADER_BYTES + data.remaining())
                .putLong(Nbd.OPTION_MAGIC)
                .putInt(option)
                .putInt(data.remaining())
                .put(data)
                .flip());
    }

    private Reply reply(int option) throws IOException {
        ByteBuffer header = wire.receive(REPLY_HEADER_BYTES);
        long magic = header.getLong();
        int answered = header.getInt();
        int type = header.getInt();
        int length = header.getInt();
        if (magic != Nbd.OPTION_REPLY_MAGIC || answered != option || length < 0 || length > REPLY_BYTES_MAX) {
            throw new ProtocolException("The NBD server has broken the rules of the handshake.");
        }
        return new Reply(type, new OptionData(wire.receiveArray(length)));
    }
}
