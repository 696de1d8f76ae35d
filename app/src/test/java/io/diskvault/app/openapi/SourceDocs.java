package io.diskvault.app.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the sources say about types and methods: the class files do not have it.
final class SourceDocs {
    private static final List<String> MODULES =
            List.of("vault-service", "policy-scheduler", "restore-service", "app", "snapshot-engine");
    private static final Pattern LINK = Pattern.compile("\\[(?:[\\w.]*#)?([\\w.]+)](?!\\()");

    private final Map<Class<?>, List<String>> files = new HashMap<>();

    /// A comment: its text, and what it says of single components or parameters.
    record Doc(String text, Map<String, String> params) {
        static final Doc NONE = new Doc("", Map.of());
    }

    Doc of(Class<?> type) {
        return declaration(type, "(?:record|class|enum|interface) " + type.getSimpleName() + "\\b")
                .map(line -> above(lines(type), line))
                .orElse(Doc.NONE);
    }

    Doc of(Method method) {
        Class<?> type = method.getDeclaringClass();
        return declarationOf(method).map(line -> above(lines(type), line)).orElse(Doc.NONE);
    }

    private Optional<Integer> declarationOf(Method method) {
        return declaration(method.getDeclaringClass(), "^    [^ /].* " + method.getName() + "\\(");
    }

    private Optional<Integer> declaration(Class<?> type, String regex) {
        Pattern pattern = Pattern.compile(regex);
        List<String> lines = lines(type);
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).strip().startsWith("//")
                    && pattern.matcher(lines.get(i)).find()) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private List<String> lines(Class<?> type) {
        return files.computeIfAbsent(outermost(type), SourceDocs::read);
    }

    private static Class<?> outermost(Class<?> type) {
        return type.getEnclosingClass() == null ? type : outermost(type.getEnclosingClass());
    }

    private static List<String> read(Class<?> type) {
        for (String module : MODULES) {
            Path file = Path.of("..", module, "src", "main", "java")
                    .resolve(type.getName().replace('.', '/') + ".java");
            if (Files.exists(file)) {
                try {
                    return Files.readAllLines(file);
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            }
        }
        return List.of();
    }

    /// The comment that ends above a line, with annotations between.
    private static Doc above(List<String> lines, int declaration) {
        int last = declaration - 1;
        while (last >= 0
                && !lines.get(last).isBlank()
                && !lines.get(last).strip().startsWith("///")) {
            if (lines.get(last).equals("}") || lines.get(last).strip().equals("}")) {
                return Doc.NONE;
            }
            last--;
        }
        int first = last;
        while (first >= 0 && lines.get(first).strip().startsWith("///")) {
            first--;
        }
        return first == last ? Doc.NONE : parse(lines.subList(first + 1, last + 1));
    }

    private static Doc parse(List<String> lines) {
        StringBuilder text = new StringBuilder();
        Map<String, StringBuilder> params = new LinkedHashMap<>();
        StringBuilder current = text;
        for (String line : lines) {
            String words = line.strip().substring(3).strip();
            if (words.startsWith("@param ")) {
                String[] parts = words.split(" ", 3);
                current = new StringBuilder();
                params.put(parts[1], current);
                words = parts.length > 2 ? parts[2] : "";
            } else if (words.startsWith("@")) {
                current = new StringBuilder();
            }
            current.append(
                            current.isEmpty()
                                    ? ""
                                    : words.isEmpty()
                                            ? "\n\n"
                                            : current.charAt(current.length() - 1) == '\n' ? "" : " ")
                    .append(words);
        }
        return new Doc(
                plain(text),
                params.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> plain(entry.getValue()))));
    }

    private static String plain(CharSequence text) {
        return LINK.matcher(text).replaceAll("`$1`").strip();
    }
}
