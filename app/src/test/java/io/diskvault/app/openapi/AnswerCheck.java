package io.diskvault.app.openapi;

import static io.diskvault.app.openapi.Operation.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Says what in an answer is not as the description has it. Callers may meet fields that are new to them; here nothing
/// may be that is not described.
final class AnswerCheck {
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final SchemaValidatorsConfig CONFIG =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private final JsonNode components;
    private final Map<JsonNode, JsonSchema> known = new HashMap<>();

    /// @param document the whole description
    AnswerCheck(JsonNode document) {
        components = document.get("components").deepCopy();
        components.get("schemas").forEach(AnswerCheck::close);
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode shape && shape.has("properties") && !shape.has("additionalProperties")) {
            shape.put("additionalProperties", false);
        }
    }

    /// What is wrong; empty if nothing is.
    ///
    /// @param contentType as the answer has it
    String wrong(Operation operation, int status, String contentType, JsonNode body) {
        JsonNode response = operation.response(status);
        if (response.isMissingNode() || (status < 400 && !operation.hasStatus(status))) {
            return "a status that is not described";
        }
        JsonNode content = response.path("content");
        if (content.isMissingNode()) {
            return body.asText().isEmpty() && !body.isContainerNode() ? "" : "a body where none is described";
        }
        String type = contentType.replaceFirst("[; ].*", "");
        Optional<JsonNode> schema = Optional.ofNullable(content.path(type).get("schema"));
        if (schema.isEmpty()) {
            return content.has("application/octet-stream")
                    ? ""
                    : "a content type that is not described: " + contentType;
        }
        return type.equals("application/json") || type.endsWith("+json") ? wrong(schema.get(), body) : "";
    }

    /// What in a value is not of a schema.
    String wrong(JsonNode schema, JsonNode value) {
        return known.computeIfAbsent(schema, this::compiled).validate(value).stream()
                .map(ValidationMessage::getMessage)
                .collect(Collectors.joining("; "));
    }

    private JsonSchema compiled(JsonNode schema) {
        ObjectNode root = JSON.createObjectNode();
        root.putArray("allOf").add(schema);
        root.set("components", components);
        return FACTORY.getSchema(root, CONFIG);
    }
}
