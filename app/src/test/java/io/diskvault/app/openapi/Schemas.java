package io.diskvault.app.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.app.openapi.SourceDocs.Doc;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The shapes of requests and answers, read from the records that the server really takes and gives.
final class Schemas {
    static final String REFERENCE = "#/components/schemas/";

    private static final Map<Class<?>, Map<String, Object>> SIMPLE = Map.ofEntries(
            Map.entry(String.class, map("type", "string")),
            Map.entry(boolean.class, map("type", "boolean")),
            Map.entry(Boolean.class, map("type", "boolean")),
            Map.entry(int.class, map("type", "integer", "format", "int32")),
            Map.entry(Integer.class, map("type", "integer", "format", "int32")),
            Map.entry(long.class, map("type", "integer", "format", "int64")),
            Map.entry(Long.class, map("type", "integer", "format", "int64")),
            Map.entry(double.class, map("type", "number", "format", "double")),
            Map.entry(Double.class, map("type", "number", "format", "double")),
            Map.entry(URI.class, map("type", "string", "format", "uri")),
            Map.entry(
                    Instant.class,
                    map("type", "string", "format", "date-time", "examples", List.of("2026-11-21T02:00:00Z"))),
            Map.entry(LocalDate.class, map("type", "string", "format", "date", "examples", List.of("2026-11-21"))),
            Map.entry(UUID.class, map("type", "string", "format", "uuid", "examples", List.of(Examples.ID))),
            Map.entry(Duration.class, map("type", "string", "pattern", "^-?P", "examples", List.of("PT1H"))),
            Map.entry(Object.class, map()));

    private final SourceDocs docs;
    private final Map<String, Object> components = new TreeMap<>();
    private final Map<String, Type> named = new TreeMap<>();

    Schemas(SourceDocs docs) {
        this.docs = docs;
    }

    /// All shapes by their names; those of answers with a whole example.
    Map<String, Object> components() {
        named.forEach((name, type) -> {
            @SuppressWarnings("unchecked") // made below
            Map<String, Object> schema = (Map<String, Object>) Objects.requireNonNull(components.get(name));
            if (type instanceof Class<?> shape && !Shapes.isRequest(shape)) {
                schema.put("examples", List.of(Objects.requireNonNull(Examples.made(schema, components))));
            }
        });
        return components;
    }

    /// @param owner the shape or the operation that has it
    Map<String, Object> of(AnnotatedType type, String owner, String field) {
        Map<String, Object> schema = of(type.getType(), type, owner, field);
        refine(schema, owner, field);
        return type.isAnnotationPresent(Nullable.class) ? orNull(schema) : schema;
    }

    Map<String, Object> of(Type type) {
        return of(type, null, "", "");
    }

    private static void refine(Map<String, Object> schema, String owner, String field) {
        boolean text = "string".equals(schema.get("type"));
        Map<String, Object> refinements = Refinements.of(owner, field);
        boolean ofTexts =
                refinements.keySet().stream().anyMatch(List.of("enum", "pattern", "maxLength", "format")::contains);
        // A field of the same name elsewhere may be a number, or a part of its own.
        if (schema.containsKey("$ref") || (ofTexts && !text)) {
            return;
        }
        schema.putAll(refinements);
        Object example = Examples.of(owner, field);
        if (!schema.containsKey("enum")
                && !schema.containsKey("examples")
                && example != null
                && (example instanceof String) == text) {
            schema.put("examples", List.of(example));
        }
    }

    private Map<String, Object> of(Type type, @Nullable AnnotatedType annotated, String owner, String field) {
        if (type instanceof ParameterizedType generic) {
            return ofGeneric(generic, annotated, owner, field);
        }
        if (!(type instanceof Class<?> plain)) {
            return map();
        } else if (SIMPLE.containsKey(plain)) {
            return new LinkedHashMap<>(SIMPLE.get(plain));
        } else if (plain.isEnum()) {
            return map("type", "string", "enum", Shapes.constants(plain));
        } else if (JsonNode.class.isAssignableFrom(plain)) {
            return map();
        } else if (plain.isRecord()) {
            Optional<RecordComponent> value = Shapes.single(plain);
            return value.isPresent() ? of(value.get().getAnnotatedType(), owner, field) : reference(plain);
        }
        throw new AssertionError("no schema for a " + plain + " in " + owner + "." + field);
    }

    private Map<String, Object> ofGeneric(
            ParameterizedType type, @Nullable AnnotatedType annotated, String owner, String field) {
        Class<?> raw = (Class<?>) type.getRawType();
        Type[] arguments = type.getActualTypeArguments();
        AnnotatedType[] inner = annotated instanceof AnnotatedParameterizedType parameterized
                ? parameterized.getAnnotatedActualTypeArguments()
                : new AnnotatedType[arguments.length];
        if (raw == Optional.class) {
            return orNull(of(arguments[0], inner[0], owner, field));
        } else if (Collection.class.isAssignableFrom(raw)) {
            // A null in a list is refused, whatever its type allows.
            Map<String, Object> items = of(arguments[0], inner[0], owner, field);
            refine(items, owner, field);
            return map("type", "array", "items", items);
        } else if (Map.class.isAssignableFrom(raw)) {
            return map("type", "object", "additionalProperties", of(arguments[1], inner[1], owner, field));
        }
        return page((Class<?>) arguments[0]);
    }

    /// A list of something, with a cursor.
    private Map<String, Object> page(Class<?> item) {
        String name = Shapes.nameOf(item) + "List";
        if (!components.containsKey(name)) {
            Map<String, Object> cursor = map(
                    "type",
                    List.of("string", "null"),
                    "description",
                    "Where the next page starts; null on the last page.");
            components.put(
                    name,
                    map(
                            "type",
                            "object",
                            "required",
                            List.of("items", "nextCursor"),
                            "properties",
                            map("items", map("type", "array", "items", of(item)), "nextCursor", cursor)));
        }
        return map("$ref", REFERENCE + name);
    }

    private Map<String, Object> reference(Class<?> type) {
        String name = Shapes.nameOf(type);
        Type known = named.putIfAbsent(name, type);
        if (known != null && !known.equals(type)) {
            throw new AssertionError("two shapes are called " + name + ": " + known + " and " + type);
        }
        if (known == null) {
            components.put(name, object(type));
        }
        return map("$ref", REFERENCE + name);
    }

    private Map<String, Object> object(Class<?> type) {
        Doc doc = docs.of(type);
        Map<String, Object> properties = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Map<String, Object> schema = of(component.getAnnotatedType(), type.getSimpleName(), component.getName());
            String said = doc.params().get(component.getName());
            if (said != null && !said.isEmpty()) {
                schema.put("description", sentence(said));
            }
            properties.put(component.getName(), schema);
        }
        Map<String, Object> object = map("type", "object");
        if (!doc.text().isEmpty()) {
            object.put("description", doc.text());
        }
        List<String> required =
                Shapes.isRequest(type) ? Refinements.needed(type) : new ArrayList<>(properties.keySet());
        if (!required.isEmpty()) {
            object.put("required", required);
        }
        if (Shapes.isRequest(type)) {
            object.put("additionalProperties", false);
        }
        object.put("properties", properties);
        return object;
    }

    static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + (text.endsWith(".") ? "" : ".");
    }

    private static Map<String, Object> orNull(Map<String, Object> schema) {
        if (schema.get("type") instanceof String one) {
            schema.put("type", List.of(one, "null"));
            if (schema.get("enum") instanceof List<?> constants) {
                List<@Nullable Object> all = new ArrayList<>(constants);
                all.add(null);
                schema.put("enum", all);
            }
            return schema;
        }
        return schema.containsKey("$ref")
                ? map("oneOf", List.of(map("$ref", schema.get("$ref")), map("type", "null")))
                : schema;
    }

    static void withoutNull(Map<String, Object> schema) {
        if (schema.get("type") instanceof List<?> types) {
            schema.put("type", types.getFirst());
        }
        if (schema.get("enum") instanceof List<?> constants) {
            schema.put(
                    "enum",
                    constants.stream().filter(constant -> constant != null).toList());
        }
    }

    static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
