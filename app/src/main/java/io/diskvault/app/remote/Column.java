package io.diskvault.app.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.app.console.ByteSize;
import io.diskvault.app.console.Json;
import java.util.function.Function;

/// One thing that people see of a resource.
///
/// @param heading ends in `>` where the cells are set right
record Column(String heading, Function<JsonNode, String> cell) {
    static Column text(String heading, String path) {
        return new Column(heading, node -> Json.text(node, path));
    }

    static Column bytes(String heading, String path) {
        return new Column(heading + ">", node -> {
            JsonNode size = node.at("/" + path);
            return size.isNumber() ? ByteSize.of(size.asLong()) : "";
        });
    }

    String name() {
        return heading.replace(">", "");
    }
}
