package io.diskvault.app.openapi;

import static java.util.stream.Collectors.toMap;

import io.diskvault.app.openapi.ProgramClasses.Member;
import io.diskvault.command.Rejection;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// With which codes operations refuse: the rejections that their code can come to.
final class ErrorCodes {
    /// What is said before an endpoint is reached, or instead of it, at the statuses that callers meet every day.
    private static final Map<Integer, List<String>> EVERYWHERE = Map.of(
            400, List.of("UserErrorBadRequest", "UserErrorMalformedRequest"),
            401, List.of("UserErrorUnauthorized"),
            403, List.of("UserErrorForbidden", "UserErrorForeignOrigin", "UserErrorCsrfTokenInvalid"),
            404, List.of("UserErrorNoSuchEndpoint", "UserErrorGenericResourceNotFound"),
            422, List.of("UserErrorInvalidRequest"),
            429, List.of("UserErrorTooManyFailedSignIns"));

    /// The same at all other statuses, and what is the server's own fault.
    static final List<String> SELDOM = List.of(
            "InternalError",
            "UserErrorAddressTooLong",
            "UserErrorBadRequest",
            "UserErrorHeadersTooLarge",
            "UserErrorMethodNotAllowed",
            "UserErrorRequestTimeout",
            "UserErrorRequestTooLarge",
            "UserErrorUnsupportedMediaType");

    private final Calls calls;
    private final Map<String, Rejection> rejections;

    ErrorCodes(ProgramClasses classes, Calls calls) {
        this.calls = calls;
        this.rejections = classes.enumsOf(Rejection.class)
                .flatMap(type -> Arrays.stream(type.getEnumConstants()))
                .map(Rejection.class::cast)
                .collect(toMap(ErrorCodes::nameOf, Function.identity()));
    }

    private static String nameOf(Rejection rejection) {
        Enum<?> constant = (Enum<?>) rejection;
        return nameOf(constant.getDeclaringClass().getName().replace('.', '/'), constant.name());
    }

    private static String nameOf(String owner, String constant) {
        return owner + "." + constant;
    }

    /// The codes of an operation, by status.
    Map<Integer, Set<String>> of(Method operation) {
        Map<Integer, Set<String>> codes = new TreeMap<>();
        EVERYWHERE.forEach((status, names) -> codes.put(status, new TreeSet<>(names)));
        for (Member read : calls.readsFrom(operation)) {
            Rejection rejection = rejections.get(nameOf(read.owner(), read.name()));
            if (rejection != null) {
                codes.computeIfAbsent(statusOf(rejection), _ -> new TreeSet<>()).add(rejection.code());
            }
        }
        return codes;
    }

    /// Whether it says no more at a status than every operation does.
    static boolean isUsual(int status, Set<String> codes) {
        return codes.equals(Set.copyOf(EVERYWHERE.getOrDefault(status, List.of())));
    }

    static Map<Integer, List<String>> everywhere() {
        return new TreeMap<>(EVERYWHERE);
    }

    /// What to do about each code.
    Map<String, Object> actions() {
        Map<String, Object> actions = new TreeMap<>();
        rejections.values().forEach(rejection -> actions.put(rejection.code(), rejection.recommendedAction()));
        return actions;
    }

    private static int statusOf(Rejection rejection) {
        return switch (rejection.kind()) {
            case NOT_FOUND -> 404;
            case FORBIDDEN -> 403;
            case CONFLICT -> 409;
            case INVALID -> 422;
            case PRECONDITION_FAILED -> 412;
            case PRECONDITION_REQUIRED -> 428;
            case LIMIT_REACHED -> 429;
        };
    }
}
