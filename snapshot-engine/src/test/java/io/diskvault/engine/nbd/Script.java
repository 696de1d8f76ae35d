package io.diskvault.engine.nbd;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What a client sends, as the protocol's specification has it; the numbers are written out here once more.
final class Script {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /// A client that knows what all clients know today.
    static Script fixedNewstyle() {
        return new Script().int32(3);
    }

    /// A client that takes structured replies, asks where data is, and begins to read.
    static Script modern(String export) {
        return fixedNewstyle()
                .option(8)
                .option(10, metaContext(export, List.of("base:allocation")))
                .option(7, info(export, List.of()));
    }

    /// A client that does neither.
    static Script plain(String export) {
        return fixedNewstyle().option(7, info(export, List.of()));
    }

    static byte[] info(String export, List<Integer> wanted) {
        Script data = new Script().text(export).int16(wanted.size());
        wanted.forEach(data::int16);
        return data.toBytes();
    }

    static byte[] metaContext(String export, List<String> queries) {
        Script data = new Script().text(export).int32(queries.size());
        queries.forEach(data::text);
        return data.toBytes();
    }

    Script option(int option, byte[] data) {
        return int64(0x49484156454f5054L).int32(option).int32(data.length).raw(data);
    }

    Script option(int option) {
        return option(option, new byte[0]);
    }

    Script read(long cookie, long offset, int length) {
        return request(0, 0, cookie, offset, length);
    }

    Script request(int flags, int type, long cookie, long offset, int length) {
        return int32(0x25609513)
                .int16(flags)
                .int16(type)
                .int64(cookie)
                .int64(offset)
                .int32(length);
    }

    Script disconnect() {
        return request(0, 2, 0, 0, 0);
    }

    Script text(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        return int32(encoded.length).raw(encoded);
    }

    Script int16(int number) {
        return raw(ByteBuffer.allocate(2).putShort((short) number).array());
    }

    Script int32(int number) {
        return raw(ByteBuffer.allocate(4).putInt(number).array());
    }

    Script int64(long number) {
        return raw(ByteBuffer.allocate(8).putLong(number).array());
    }

    Script raw(byte[] more) {
        bytes.writeBytes(more);
        return this;
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
