package io.diskvault.app.openapi;

import static io.diskvault.app.openapi.Schemas.map;

import io.diskvault.app.openapi.ProgramClasses.Member;
import io.diskvault.web.Listing;
import io.diskvault.web.Problem;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.server.types.files.StreamedFile;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What operations answer: what they make with which status, and with which codes they refuse.
final class Answers {
    private static final String RESPONSE = "io/micronaut/http/HttpResponse";
    private static final String ACCEPTED = "io/diskvault/job/AcceptedJobs";
    private static final Map<String, Integer> STATUSES =
            Map.of("ok", 200, "created", 201, "accepted", 202, "noContent", 204, "notModified", 304);

    /// What a signature does not show.
    private static final Map<String, String> BODIES = Map.of(
            "SessionController.signIn", "OwnSession",
            "RestoreController.start", "Job",
            "RestoreTestController.start", "Job",
            "BackupController.start", "Job",
            "ExportController.keep", "Job");

    private final Calls calls;
    private final ErrorCodes codes;
    private final Schemas schemas;
    private final PastQuestions past;

    Answers(Calls calls, ErrorCodes codes, Schemas schemas, PastQuestions past) {
        this.calls = calls;
        this.codes = codes;
        this.schemas = schemas;
        this.past = past;
    }

    Map<String, Object> of(Route route) {
        Map<String, Object> responses = new LinkedHashMap<>();
        statuses(route).forEach(status -> responses.put(String.valueOf(status), success(route, status)));
        Map<Integer, Set<String>> refusals = codes.of(route.method());
        if (past.areFor(route)) {
            codes.of(past.filter())
                    .forEach((status, names) -> refusals.computeIfAbsent(status, _ -> new TreeSet<>())
                            .addAll(names));
        }
        Refinements.refusals(route).forEach((status, name) -> refusals.put(status, Set.of(name)));
        refusals.forEach((status, names) -> responses.put(
                String.valueOf(status),
                ErrorCodes.isUsual(status, names)
                        ? map("$ref", "#/components/responses/" + nameOf(status))
                        : problem(status, names)));
        responses.put("default", map("$ref", "#/components/responses/Other"));
        return responses;
    }

    /// What many operations say alike.
    static Map<String, Object> usual() {
        Map<String, Object> responses = new TreeMap<>();
        ErrorCodes.everywhere().forEach((status, names) -> responses.put(nameOf(status), problem(status, names)));
        Map<String, Object> other = problem(500, ErrorCodes.SELDOM);
        other.put("description", "What seldom happens: see the code.");
        responses.put("Other", other);
        return responses;
    }

    private static String nameOf(int status) {
        return HttpStatus.valueOf(status).getReason().replaceAll("[^A-Za-z]", "");
    }

    private static Map<String, Object> problem(int status, Collection<String> names) {
        Map<String, Object> schema = map(
                "allOf",
                List.of(
                        map("$ref", Schemas.REFERENCE + "Problem"),
                        map("properties", map("code", map("enum", List.copyOf(names))))));
        return map(
                "description",
                HttpStatus.valueOf(status).getReason() + ".",
                "content",
                map(Problem.MEDIA_TYPE, map("schema", schema)));
    }

    private Set<Integer> statuses(Route route) {
        Set<Integer> statuses = new TreeSet<>();
        if (HttpResponse.class.isAssignableFrom(route.method().getReturnType())) {
            for (Member called : calls.callsFrom(route.method())) {
                if (called.owner().equals(RESPONSE) && STATUSES.containsKey(called.name())) {
                    statuses.add(STATUSES.get(called.name()));
                } else if (called.owner().equals(ACCEPTED) && called.name().equals("answer")) {
                    statuses.add(202);
                }
            }
        }
        statuses.addAll(Refinements.statuses(route));
        return statuses.isEmpty() ? Set.of(200) : statuses;
    }

    private Map<String, Object> success(Route route, int status) {
        Map<String, Object> answer =
                map("description", HttpStatus.valueOf(status).getReason() + ".");
        Map<String, Object> headers = Refinements.headers(route, status);
        if (!headers.isEmpty()) {
            answer.put("headers", headers);
        }
        if (status != 204 && status != 304 && !route.verb().equals("head")) {
            answer.put("content", content(route));
        }
        return answer;
    }

    private Map<String, Object> content(Route route) {
        String known = BODIES.get(route.method().getDeclaringClass().getSimpleName() + "."
                + route.method().getName());
        if (known != null) {
            return map("application/json", map("schema", map("$ref", Schemas.REFERENCE + known)));
        }
        Type body = bodyOf(route.method().getGenericReturnType());
        if (route.produces().equals("application/json") && body != Object.class && body != StreamedFile.class) {
            Map<String, Object> content = map("application/json", map("schema", schemas.of(body)));
            if (body instanceof ParameterizedType generic && generic.getRawType() == Listing.class) {
                content.put("text/csv", map("schema", map("type", "string", "description", "The items, one a line.")));
            }
            return content;
        }
        return map(
                route.produces().startsWith("application/json")
                                || route.produces().equals("*/*")
                        ? Refinements.contentType(route)
                        : route.produces(),
                map("schema", map("type", "string")));
    }

    private static Type bodyOf(Type type) {
        if (type instanceof ParameterizedType generic
                && HttpResponse.class.isAssignableFrom((Class<?>) generic.getRawType())) {
            Type inner = generic.getActualTypeArguments()[0];
            return inner instanceof WildcardType ? Object.class : inner;
        }
        return type;
    }
}
