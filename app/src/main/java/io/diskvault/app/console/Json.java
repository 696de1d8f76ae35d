package io.diskvault.app.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// JSON as trees: the command line passes on what the server says, including members that it does not know yet.
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static JsonNode parse(String text) throws JsonProcessingException {
        return MAPPER.readTree(text);
    }

    /// The member as text, or an empty string where it is absent or null.
    ///
    /// @param path a JSON pointer without its first slash
    public static String text(JsonNode node, String path) {
        JsonNode value = node.at("/" + path);
        return value.isNull() ? "" : value.asText();
    }
}
