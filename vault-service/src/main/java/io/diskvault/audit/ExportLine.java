package io.diskvault.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.diskvault.audit.EventRows.Exported;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One event in an export, see docs/audit-format.md. What is hashed is read back byte for byte.
final class ExportLine {
    private static final Set<String> NAMES = Set.of(
            "globalIndex",
            "aggregateType",
            "stream",
            "sequenceNumber",
            "eventId",
            "timestamp",
            "payloadType",
            "revision",
            "payload",
            "metadata",
            "position",
            "chainedAt",
            "hash");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ExportLine() {}

    static byte[] write(Exported exported) throws IOException {
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
        return JSON.writeValueAsBytes(line);
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

    /// Reads what [#write] wrote.
    ///
    /// @param line each character is one byte
    /// @throws IOException if it is something else
    static Exported read(String line) throws IOException {
        byte[] bytes = line.getBytes(ISO_8859_1);
        Map<String, byte[]> values = valuesOf(bytes);
        if (!values.keySet().equals(NAMES)) {
            throw new IOException("it has other members than an event");
        }
        AuditedEvent event = new AuditedEvent(
                number(values, "globalIndex"),
                optionalText(values, "aggregateType"),
                text(values, "stream"),
                number(values, "sequenceNumber"),
                text(values, "eventId"),
                text(values, "timestamp"),
                text(values, "payloadType"),
                optionalText(values, "revision"),
                Objects.requireNonNullElse(content(values, "payload"), new byte[0]),
                content(values, "metadata"));
        return new Exported(event, isNull(values, "hash") ? null : link(event, values));
    }

    private static ChainLink link(AuditedEvent event, Map<String, byte[]> values) throws IOException {
        return new ChainLink(
                number(values, "position"),
                event.globalIndex(),
                event.stream(),
                event.sequenceNumber(),
                number(values, "chainedAt"),
                text(values, "hash"));
    }

    /// The bytes of each member's value.
    private static Map<String, byte[]> valuesOf(byte[] line) throws IOException {
        Map<String, byte[]> values = new HashMap<>();
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("it is no JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                int start = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                parser.finishToken();
                int end = (int) parser.currentLocation().getByteOffset();
                values.put(name, Arrays.copyOfRange(line, start, end));
            }
            if (parser.nextToken() != null) {
                throw new IOException("something follows it");
            }
        }
        return values;
    }

    private static byte[] value(Map<String, byte[]> values, String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    private static boolean isNull(Map<String, byte[]> values, String name) {
        return new String(value(values, name), UTF_8).equals("null");
    }

    private static long number(Map<String, byte[]> values, String name) throws IOException {
        return present(JSON.readValue(value(values, name), Long.class), name);
    }

    private static String text(Map<String, byte[]> values, String name) throws IOException {
        return present(optionalText(values, name), name);
    }

    private static <T> T present(@Nullable T value, String name) throws IOException {
        if (value == null) {
            throw new IOException(name + " is missing");
        }
        return value;
    }

    private static @Nullable String optionalText(Map<String, byte[]> values, String name) throws IOException {
        return JSON.readValue(value(values, name), String.class);
    }

    private static byte @Nullable [] content(Map<String, byte[]> values, String name) throws IOException {
        byte[] value = value(values, name);
        if (isNull(values, name)) {
            return null;
        }
        return value[0] == '{' ? value : text(values, name).getBytes(UTF_8);
    }
}
