package io.diskvault.app.openapi;

import static io.diskvault.app.openapi.Operation.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/// Bodies that are nearly the good one of an operation: each differs from it in one thing, which its schema forbids or
/// nobody would expect.
final class Bodies {
    private final Operation operation;
    private final Hostile hostile;
    private final List<Body> made = new ArrayList<>();

    enum Fault {
        /// It cannot be read as what it has to be.
        MALFORMED,
        /// It can be read, and is not allowed.
        FORBIDDEN,
        /// The schema allows it.
        NONE
    }

    /// @param what is wrong with it
    record Body(String what, String text, Fault fault) {}

    private Bodies(Operation operation, Hostile hostile) {
        this.operation = operation;
        this.hostile = hostile;
    }

    /// @param good a body that is accepted
    static List<Body> of(Operation operation, JsonNode good, Hostile hostile) {
        Bodies bodies = new Bodies(operation, hostile);
        JsonNode schema = operation.resolved(operation.body().orElseThrow().get("schema"));
        bodies.inObject((ObjectNode) good, (ObjectNode) good, schema, "");
        bodies.add("broken JSON", "{\"a\":", Fault.MALFORMED);
        bodies.add("no JSON", "\u0001<a/>", Fault.MALFORMED);
        bodies.add("a list", "[1]", Fault.MALFORMED);
        bodies.add("a text", "\"x\"", Fault.MALFORMED);
        bodies.add("two values", good + " {}", Fault.MALFORMED);
        bodies.add("depth", "[".repeat(100_000), Fault.MALFORMED);
        bodies.add("nothing", "", operation.isBodyNeeded() ? Fault.MALFORMED : Fault.NONE);
        bodies.add("null", "null", operation.isBodyNeeded() ? Fault.MALFORMED : Fault.NONE);
        return bodies.made;
    }

    private void add(String what, String text, Fault fault) {
        made.add(new Body(what, text, fault));
    }

    /// @param root the whole body, written for each change of the part
    private void inObject(ObjectNode root, ObjectNode part, JsonNode schema, String at) {
        changed(root, part, "noSuchField", JSON.createObjectNode(), "an unknown field in " + at, Fault.MALFORMED);
        for (JsonNode name : schema.path("required")) {
            String field = name.asText();
            JsonNode was = part.remove(field);
            add("without " + at + field, root.toString(), Fault.FORBIDDEN);
            changed(root, part, field, JsonNodeFactory.instance.nullNode(), "null in " + at, Fault.FORBIDDEN);
            if (was != null) {
                part.set(field, was);
            }
        }
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            String field = property.getKey();
            JsonNode type = operation.resolved(property.getValue());
            changed(root, part, field, hostile.unlike(kindOf(type)), "a wrong type in " + at, Fault.MALFORMED);
            changed(root, part, field, hostile.like(kindOf(type)), "something hostile in " + at, Fault.NONE);
            if (kindOf(type).equals("string")) {
                // PostgreSQL keeps no text with a zero in it.
                changed(root, part, field, TextNode.valueOf("a\0b"), "a zero in " + at, Fault.NONE);
            }
            bounds(root, part, field, type, at);
            inside(root, part, field, type, at);
        }
    }

    private void bounds(ObjectNode root, ObjectNode part, String field, JsonNode type, String at) {
        if (type.has("enum")) {
            changed(
                    root,
                    part,
                    field,
                    JsonNodeFactory.instance.textNode("Nonsense"),
                    "no such choice in " + at,
                    Fault.FORBIDDEN);
        }
        for (String bound : List.of("minimum", "maximum")) {
            if (type.has(bound)) {
                int beyond = type.get(bound).asInt() + (bound.equals("minimum") ? -1 : 1);
                changed(
                        root,
                        part,
                        field,
                        JsonNodeFactory.instance.numberNode(beyond),
                        "out of bounds in " + at,
                        Fault.FORBIDDEN);
            }
        }
        if (type.has("maxLength")) {
            String text = "a".repeat(type.get("maxLength").asInt() + 1);
            changed(root, part, field, JsonNodeFactory.instance.textNode(text), "too long in " + at, Fault.FORBIDDEN);
        }
    }

    private void inside(ObjectNode root, ObjectNode part, String field, JsonNode type, String at) {
        JsonNode there = part.get(field);
        if (there instanceof ObjectNode inner && type.has("properties")) {
            inObject(root, inner, type, at + field + ".");
        } else if (there instanceof ArrayNode list && !list.isEmpty()) {
            JsonNode items = operation.resolved(type.get("items"));
            JsonNode first = list.get(0).deepCopy();
            if (list.get(0) instanceof ObjectNode inner) {
                inObject(root, inner, items, at + field + "[].");
            }
            for (JsonNode other : List.of(JsonNodeFactory.instance.nullNode(), hostile.unlike(kindOf(items)))) {
                list.set(0, other);
                add("a wrong item in " + at + field, root.toString(), Fault.FORBIDDEN);
            }
            list.set(0, hostile.like(kindOf(items)));
            add("something hostile in " + at + field, root.toString(), Fault.NONE);
            list.set(0, first);
        }
    }

    private void changed(ObjectNode root, ObjectNode part, String field, JsonNode value, String what, Fault fault) {
        JsonNode was = part.get(field);
        part.set(field, value);
        add(what + field, root.toString(), fault);
        if (was == null) {
            part.remove(field);
        } else {
            part.set(field, was);
        }
    }

    private static String kindOf(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray()
                ? StreamSupport.stream(type.spliterator(), false)
                        .findFirst()
                        .orElseThrow()
                        .asText()
                : type.asText();
    }
}
