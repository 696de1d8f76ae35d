package io.diskvault.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.diskvault.audit.EventRows.Exported;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The events of a period as JSON lines, read from the database while they are read from here.
final class EventExport extends InputStream {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final EventRows events;
    private final String from;
    private final String to;
    private InputStream page = InputStream.nullInputStream();
    private long after = Long.MIN_VALUE;
    private boolean ended;

    EventExport(EventRows events, String from, String to) {
        this.events = events;
        this.from = from;
        this.to = to;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = page.read(into, offset, length);
        while (count < 0 && !ended) {
            turn();
            count = page.read(into, offset, length);
        }
        return count;
    }

    private void turn() throws IOException {
        List<Exported> next = events.exportAfter(after, from, to);
        ended = next.isEmpty();
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Exported exported : next) {
            after = exported.event().globalIndex();
            lines.write(JSON.writeValueAsBytes(line(exported)));
            lines.write('\n');
        }
        page = new ByteArrayInputStream(lines.toByteArray());
    }

    private static ObjectNode line(Exported exported) {
        AuditedEvent event = exported.event();
        ChainLink link = exported.link();
        ObjectNode line = JSON.createObjectNode();
        line.put("globalIndex", event.globalIndex());
        line.put("aggregateType", event.type());
        line.put("stream", event.stream());
        line.put("sequenceNumber", event.sequenceNumber());
        line.put("eventId", event.id());
        line.put("timestamp", event.timestamp());
        line.put("payloadType", event.payloadType());
        line.put("revision", event.revision());
        put(line, "payload", event.payload());
        put(line, "metadata", event.metadata());
        line.put("position", link == null ? null : link.position());
        line.put("chainedAt", link == null ? null : link.chainedAt());
        line.put("hash", link == null ? null : link.hash());
        return line;
    }

    /// As the JSON it is, byte for byte; as text, if somebody made something else of it.
    private static void put(ObjectNode line, String name, byte @Nullable [] content) {
        if (content == null) {
            line.putNull(name);
            return;
        }
        String text = new String(content, UTF_8);
        if (text.indexOf('\n') < 0 && text.indexOf('\r') < 0 && isJson(text)) {
            line.putRawValue(name, new RawValue(text));
        } else {
            line.put(name, text);
        }
    }

    private static boolean isJson(String text) {
        try {
            return JSON.readTree(text).isObject();
        } catch (IOException malformed) {
            return false;
        }
    }
}
