package io.diskvault.app.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/// One operation as the description has it.
///
/// @param document the whole of it, where references lead
record Operation(String verb, String path, JsonNode declared, JsonNode document) {
    static final JsonMapper JSON = new JsonMapper();

    static List<Operation> all(Path file) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(10_000_000);
        Map<String, Object> read = new Yaml(options).load(Files.readString(file));
        JsonNode document = JSON.valueToTree(read);
        List<Operation> all = new ArrayList<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(verb -> all.add(new Operation(
                                verb.getKey().toUpperCase(Locale.ROOT), path.getKey(), verb.getValue(), document))));
        return all;
    }

    String id() {
        return declared.get("operationId").asText();
    }

    /// @param place `path`, `query` or `header`
    List<JsonNode> parameters(String place) {
        return StreamSupport.stream(declared.path("parameters").spliterator(), false)
                .filter(parameter -> parameter.get("in").asText().equals(place))
                .toList();
    }

    /// What it takes as a body, with `schema` and `example`.
    Optional<JsonNode> body() {
        JsonNode media = declared.path("requestBody").path("content").path("application/json");
        return media.isMissingNode() ? Optional.empty() : Optional.of(media);
    }

    boolean isBodyNeeded() {
        return declared.path("requestBody").path("required").asBoolean();
    }

    boolean isList() {
        return !declared.at("/responses/200/content/text~1csv").isMissingNode();
    }

    /// What it answers at a status.
    JsonNode response(int status) {
        JsonNode responses = declared.get("responses");
        JsonNode own = responses.path(String.valueOf(status));
        return resolved(own.isMissingNode() ? responses.path("default") : own);
    }

    boolean hasStatus(int status) {
        return declared.get("responses").has(String.valueOf(status));
    }

    /// The schema itself, wherever it is written down.
    JsonNode resolved(JsonNode schema) {
        JsonNode reference = schema.path("$ref");
        if (!reference.isMissingNode()) {
            return document.at(reference.asText().substring(1));
        }
        return schema.has("oneOf") ? resolved(schema.get("oneOf").get(0)) : schema;
    }

    @Override
    public String toString() {
        return verb + " " + path;
    }
}
