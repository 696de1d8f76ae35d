package io.diskvault.web.csv;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The columns of a list: the components of its items in their order, those of a part one by one with a dot, as in
/// `error.code`. They follow from the type, so that they are the same on every page.
record CsvColumns(List<Column> columns) {
    /// What parts are made of themselves; a type that contains itself would never end.
    private static final int DEPTH_MAX = 4;

    /// @param path the names that lead to it
    record Column(List<String> path) {
        String name() {
            return String.join(".", path);
        }

        String textIn(JsonNode item) {
            JsonNode node = item;
            for (String name : path) {
                node = node.path(name);
            }
            return textOf(node);
        }
    }

    /// @param item a record
    static CsvColumns of(Class<?> item) {
        List<Column> found = new ArrayList<>();
        collect(item, List.of(), found);
        return new CsvColumns(List.copyOf(found));
    }

    private static void collect(Class<?> type, List<String> above, List<Column> found) {
        if (type.isRecord() && !isOneValue(type) && above.size() < DEPTH_MAX) {
            for (RecordComponent part : type.getRecordComponents()) {
                collect(
                        part.getType(),
                        Stream.concat(above.stream(), Stream.of(part.getName())).toList(),
                        found);
            }
        } else {
            found.add(new Column(above));
        }
    }

    /// Whether it is written as a text or number instead of an object.
    private static boolean isOneValue(Class<?> type) {
        return Stream.concat(Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getDeclaredFields()))
                .anyMatch(member -> member.isAnnotationPresent(JsonValue.class));
    }

    String header() {
        return columns.stream().map(Column::name).map(CsvCell::of).collect(Collectors.joining(","));
    }

    String row(JsonNode item) {
        return columns.stream().map(column -> column.textIn(item)).collect(Collectors.joining(","));
    }

    private static String textOf(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return "";
        }
        if (node.isArray() && StreamSupport.stream(node.spliterator(), false).allMatch(JsonNode::isValueNode)) {
            return CsvCell.of(StreamSupport.stream(node.spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining("; ")));
        }
        if (node.isNumber() || node.isBoolean()) {
            return node.asText();
        }
        return CsvCell.of(node.isValueNode() ? node.asText() : node.toString());
    }
}
