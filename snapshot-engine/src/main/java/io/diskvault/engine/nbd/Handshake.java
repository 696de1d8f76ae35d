package io.diskvault.engine.nbd;

import io.diskvault.engine.DatastoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The beginning of one connection, in which the client chooses an export: "fixed newstyle". Runs once.
final class Handshake {

    private static final Logger LOG = LoggerFactory.getLogger(Handshake.class);

    /// Enough for the longest name and a dozen queries; clients send a few hundred bytes.
    private static final int OPTION_BYTES_MAX = 64 << 10;

    /// Clients send four or five.
    private static final int OPTIONS_MAX = 100;

    private static final int OPTION_HEADER_BYTES = 16;
    private static final int REPLY_HEADER_BYTES = 20;

    /// Of no use to anyone, but part of the oldest way to end a handshake.
    private static final int ZEROES = 124;

    private final Wire wire;
    private final Exports exports;
    private boolean noZeroes;
    private boolean structured;

    /// For which export the client wants to know where data is.
    private Optional<String> blockStatusOf = Optional.empty();

    private Optional<Session> session = Optional.empty();
    private boolean over;

    Handshake(Wire wire, Exports exports) {
        this.wire = wire;
        this.exports = exports;
    }

    /// What was agreed on; empty when the connection is to be closed.
    Optional<Session> run() throws ConnectionLostException {
        int flags = Nbd.FLAG_FIXED_NEWSTYLE | Nbd.FLAG_NO_ZEROES;
        wire.send(ByteBuffer.allocate(18)
                .putLong(Nbd.MAGIC)
                .putLong(Nbd.OPTION_MAGIC)
                .putShort((short) flags)
                .flip());
        int clientFlags = wire.receive(Integer.BYTES).getInt();
        noZeroes = (clientFlags & Nbd.FLAG_NO_ZEROES) != 0;
        over = (clientFlags & ~flags) != 0;
        for (int count = 0; count < OPTIONS_MAX && !over; count++) {
            ByteBuffer header = wire.receive(OPTION_HEADER_BYTES);
            long magic = header.getLong();
            int option = header.getInt();
            int length = header.getInt();
            if (magic != Nbd.OPTION_MAGIC || length < 0 || length > OPTION_BYTES_MAX) {
                return Optional.empty();
            }
            answer(option, new OptionData(wire.receiveArray(length)));
        }
        return session;
    }

    private void answer(int option, OptionData data) throws ConnectionLostException {
        try {
            switch (option) {
                case Nbd.OPT_EXPORT_NAME -> exportName(data);
                case Nbd.OPT_ABORT -> abort();
                case Nbd.OPT_LIST -> list(data);
                case Nbd.OPT_STARTTLS -> refuse(option, Nbd.REP_ERR_POLICY, "This server is reached without TLS.");
                case Nbd.OPT_INFO, Nbd.OPT_GO -> info(option, data);
                case Nbd.OPT_STRUCTURED_REPLY -> structuredReply(data);
                case Nbd.OPT_LIST_META_CONTEXT, Nbd.OPT_SET_META_CONTEXT -> metaContext(option, data);
                default -> refuse(option, Nbd.REP_ERR_UNSUP, "This server does not know the option.");
            }
        } catch (OptionData.MalformedException e) {
            // Whoever chooses an export in the oldest way cannot be told anything.
            over = option == Nbd.OPT_EXPORT_NAME;
            if (!over) {
                refuse(option, Nbd.REP_ERR_INVALID, String.valueOf(e.getMessage()));
            }
        }
    }

    private void exportName(OptionData data) throws ConnectionLostException, OptionData.MalformedException {
        over = true;
        String name = data.rest();
        Optional<Export> export = find(name);
        if (export.isPresent()) {
            int zeroes = noZeroes ? 0 : ZEROES;
            wire.send(ByteBuffer.allocate(Long.BYTES + Short.BYTES + zeroes)
                    .putLong(export.get().disk().size())
                    .putShort(Session.flags(export.get(), structured))
                    .rewind());
            choose(name, export.get());
        }
    }

    /// @param name as the client said it, here as well as before; the export may have another one
    private void choose(String name, Export export) {
        boolean blockStatus = blockStatusOf.filter(name::equals).isPresent();
        session = Optional.of(new Session(export, structured, blockStatus));
        over = true;
    }

    private void abort() throws ConnectionLostException {
        over = true;
        reply(Nbd.OPT_ABORT, Nbd.REP_ACK, new byte[0]);
    }

    private void list(OptionData data) throws ConnectionLostException, OptionData.MalformedException {
        data.requireEnd();
        for (String name : exports.listed()) {
            byte[] encoded = name.getBytes(StandardCharsets.UTF_8);
            reply(
                    Nbd.OPT_LIST,
                    Nbd.REP_SERVER,
                    ByteBuffer.allocate(Integer.BYTES + encoded.length)
                            .putInt(encoded.length)
                            .put(encoded)
                            .array());
        }
        reply(Nbd.OPT_LIST, Nbd.REP_ACK, new byte[0]);
    }

    private void structuredReply(OptionData data) throws ConnectionLostException, OptionData.MalformedException {
        data.requireEnd();
        structured = true;
        reply(Nbd.OPT_STRUCTURED_REPLY, Nbd.REP_ACK, new byte[0]);
    }

    private void info(int option, OptionData data) throws ConnectionLostException, OptionData.MalformedException {
        String name = data.text();
        Set<Integer> wanted = new HashSet<>();
        for (int left = data.unsignedShort(); left > 0; left--) {
            wanted.add(data.unsignedShort());
        }
        data.requireEnd();
        Optional<Export> found = find(name);
        if (found.isEmpty()) {
            refuse(option, Nbd.REP_ERR_UNKNOWN, "There is no such export, or not any more.");
            return;
        }
        Export export = found.get();
        reply(option, Nbd.REP_INFO, aboutExport(export));
        if (wanted.contains(Nbd.INFO_NAME)) {
            reply(option, Nbd.REP_INFO, text(Nbd.INFO_NAME, export.name()));
        }
        if (wanted.contains(Nbd.INFO_DESCRIPTION)) {
            reply(option, Nbd.REP_INFO, text(Nbd.INFO_DESCRIPTION, export.description()));
        }
        if (wanted.contains(Nbd.INFO_BLOCK_SIZE)) {
            reply(option, Nbd.REP_INFO, blockSizes(export));
        }
        reply(option, Nbd.REP_ACK, new byte[0]);
        if (option == Nbd.OPT_GO) {
            choose(name, export);
        }
    }

    private byte[] aboutExport(Export export) {
        return ByteBuffer.allocate(12)
                .putShort((short) Nbd.INFO_EXPORT)
                .putLong(export.disk().size())
                .putShort(Session.flags(export, structured))
                .array();
    }

    private static byte[] text(int type, String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Short.BYTES + encoded.length)
                .putShort((short) type)
                .put(encoded)
                .array();
    }

    private static byte[] blockSizes(Export export) {
        return ByteBuffer.allocate(14)
                .putShort((short) Nbd.INFO_BLOCK_SIZE)
                .putInt(1)
                .putInt(export.disk().blockBytes())
                .putInt(Nbd.REQUEST_BYTES_MAX)
                .array();
    }

    private void metaContext(int option, OptionData data)
            throws ConnectionLostException, OptionData.MalformedException {
        String name = data.text();
        List<String> queries = new ArrayList<>();
        for (long left = data.unsignedInt(); left > 0; left--) {
            queries.add(data.text());
        }
        data.requireEnd();
        if (!structured) {
            refuse(option, Nbd.REP_ERR_INVALID, "Structured replies must be agreed on first.");
            return;
        }
        if (find(name).isEmpty()) {
            refuse(option, Nbd.REP_ERR_UNKNOWN, "There is no such export, or not any more.");
            return;
        }
        boolean set = option == Nbd.OPT_SET_META_CONTEXT;
        boolean known =
                queries.contains(Nbd.BASE_ALLOCATION) || (!set && (queries.isEmpty() || queries.contains("base:")));
        if (set) {
            blockStatusOf = known ? Optional.of(name) : Optional.empty();
        }
        if (known) {
            byte[] encoded = Nbd.BASE_ALLOCATION.getBytes(StandardCharsets.UTF_8);
            reply(
                    option,
                    Nbd.REP_META_CONTEXT,
                    ByteBuffer.allocate(Integer.BYTES + encoded.length)
                            .putInt(set ? Nbd.BASE_ALLOCATION_ID : 0)
                            .put(encoded)
                            .array());
        }
        reply(option, Nbd.REP_ACK, new byte[0]);
    }

    private Optional<Export> find(String name) {
        try {
            return exports.find(name);
        } catch (IOException | DatastoreException e) {
            LOG.warn("An export that a client asked for could not be opened: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private void refuse(int option, int type, String message) throws ConnectionLostException {
        reply(option, type, message.getBytes(StandardCharsets.UTF_8));
    }

    private void reply(int option, int type, byte[] data) throws ConnectionLostException {
        wire.send(ByteBuffer.allocate(REPLY_HEADER_BYTES + data.length)
                .putLong(Nbd.OPTION_REPLY_MAGIC)
                .putInt(option)
                .putInt(type)
                .putInt(data.length)
                .put(data)
                .flip());
    }
}
