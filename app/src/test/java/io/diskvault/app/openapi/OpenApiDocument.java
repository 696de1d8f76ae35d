package io.diskvault.app.openapi;

import static io.diskvault.app.openapi.Schemas.map;

import io.diskvault.web.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/// The description of the whole interface.
final class OpenApiDocument {
    private static final String ABOUT = """
            Backs up disk images and block devices, incrementally and on a schedule, and gives them back.

            Times are ISO 8601 in UTC, sizes are bytes, durations are ISO 8601. Every field of an answer is always there; \
            what is not known is null. A request with a field that is not known is refused.

            Lists are newest first and come in pages: ask again with `nextCursor` as `cursor`. Every list is to be had as CSV \
            (`Accept: text/csv`), with the next page in the header `Link`.

            Work that takes a while is answered with 202 and the address of its job in `Location`. With the same \
            `Idempotency-Key` a repeated request is the same work.

            What is refused is answered with a problem (RFC 9457), whose `code` never changes once released, and has \
            changed nothing. The codes of an operation are the values of `code` in its answers; `x-actions` says what \
            to do about each. What a caller may not see is answered like what is not there.""";

    private final SourceDocs docs = new SourceDocs();
    private final Schemas schemas = new Schemas(docs);
    private final ProgramClasses classes = ProgramClasses.read();
    private final Calls calls = new Calls(classes);
    private final ErrorCodes codes = new ErrorCodes(classes, calls);
    private final PastQuestions past = new PastQuestions();
    private final Operations operations = new Operations(docs, schemas, new Answers(calls, codes, schemas, past), past);

    String text(List<Route> routes) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.AUTO);
        options.setWidth(118);
        options.setIndent(2);
        options.setSplitLines(true);
        return "# Made from the server's own routes and types by OpenApiTest, which says when it is out of date and how to make it anew.\n"
                + new Yaml(options).dump(copy(document(routes)));
    }

    /// Without anything that is in two places, which would be written as a reference to the first.
    private static @Nullable Object copy(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, one) -> copy.put(key, copy(one)));
            return copy;
        }
        return value instanceof Collection<?> list
                ? new ArrayList<>(list.stream().map(OpenApiDocument::copy).toList())
                : value;
    }

    private Map<String, Object> document(List<Route> routes) {
        Map<String, Map<String, Object>> paths = new TreeMap<>();
        schemas.of(Problem.class);
        routes.forEach(route -> paths.computeIfAbsent(route.path(), _ -> new LinkedHashMap<>())
                .put(route.verb(), operations.of(route)));
        paths.put("/health", Map.of("get", health()));
        return map(
                "openapi",
                "3.1.0",
                "info",
                map("title", "Diskvault", "version", "v1", "description", ABOUT),
                "servers",
                List.of(map(
                        "url", "http://127.0.0.1:8080", "description", "Where a server listens if nothing is said.")),
                "security",
                List.of(map("token", List.of()), map("session", List.of())),
                "paths",
                paths,
                "components",
                map("securitySchemes", SECURITY, "responses", Answers.usual(), "schemas", schemas.components()),
                "x-actions",
                codes.actions());
    }

    private static final Map<String, Object> SECURITY = map(
            "token",
            map(
                    "type",
                    "http",
                    "scheme",
                    "bearer",
                    "description",
                    "An API token (`diskvault token create`), or a token of the OpenID provider that is configured."),
            "session",
            map(
                    "type",
                    "apiKey",
                    "in",
                    "cookie",
                    "name",
                    "diskvault-session",
                    "description",
                    "A browser's session (`POST /api/v1/session`). Whatever changes something needs its `csrfToken` in the header `X-CSRF-Token`."));

    /// The framework's own.
    private static Map<String, Object> health() {
        Map<String, Object> schema = map(
                "type", "object", "properties", map("status", map("type", "string", "enum", List.of("UP", "DOWN"))));
        return map(
                "operationId",
                "health",
                "tags",
                List.of("health"),
                "summary",
                "Says whether the server works.",
                "description",
                "For whatever watches the process. Everybody may ask.",
                "security",
                List.of(),
                "responses",
                map(
                        "200",
                        map("description", "It works.", "content", map("application/json", map("schema", schema))),
                        "503",
                        map("description", "It does not.", "content", map("application/json", map("schema", schema)))));
    }
}
