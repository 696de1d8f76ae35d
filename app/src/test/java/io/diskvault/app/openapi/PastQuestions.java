package io.diskvault.app.openapi;

import static io.diskvault.app.openapi.Schemas.map;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;

/// What can be asked about the past: a filter does that, and no endpoint knows of it.
final class PastQuestions {
    private final Method filter;
    private final Pattern paths;

    PastQuestions() {
        try {
            Class<?> type = Class.forName("io.diskvault.web.past.AsOfFilter");
            Field declared = type.getDeclaredField("PATHS");
            declared.setAccessible(true);
            paths = (Pattern) declared.get(null);
            filter = Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.getName().equals("turnBack"))
                    .findFirst()
                    .orElseThrow();
        } catch (ReflectiveOperationException moved) {
            throw new LinkageError("the filter for the past is somewhere else", moved);
        }
    }

    boolean areFor(Route route) {
        return route.verb().equals("get") && paths.matcher(route.path()).matches();
    }

    /// Where refusals come from.
    Method filter() {
        return filter;
    }

    Map<String, Object> parameter() {
        return map(
                "name",
                "asOf",
                "in",
                "query",
                "description",
                "How it was at that instant; now, if absent.",
                "schema",
                map("type", "string", "format", "date-time"));
    }
}
