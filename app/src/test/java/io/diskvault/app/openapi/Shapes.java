package io.diskvault.app.openapi;

import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How records and enumerations look from outside.
final class Shapes {
    private Shapes() {}

    static List<String> constants(Class<?> type) {
        Optional<Method> value = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(JsonValue.class))
                .findFirst();
        return Arrays.stream(type.getEnumConstants())
                .map(Enum.class::cast)
                .map(constant -> value.map(method -> called(method, constant)).orElseGet(constant::name))
                .toList();
    }

    private static String called(Method method, Object constant) {
        try {
            method.setAccessible(true);
            return String.valueOf(method.invoke(constant));
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(impossible.getMessage(), impossible);
        }
    }

    /// The component that is written instead of the record.
    static Optional<RecordComponent> single(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> component.isAnnotationPresent(JsonValue.class)
                        || component.getAccessor().isAnnotationPresent(JsonValue.class))
                .findFirst();
    }

    /// Everything is there in answers; what a request has to have is another matter, and what else it has is refused.
    static boolean isRequest(Class<?> type) {
        return type.getSimpleName().matches(".*(Request|RequestBody|Setting)")
                || (type.getEnclosingClass() != null && isRequest(type.getEnclosingClass()));
    }

    /// Short, and with its home where two features use the same word.
    static String nameOf(Class<?> type) {
        if (type.getSimpleName().equals("GapResponse")) {
            return "RecoveryPointGaps";
        }
        String name = type.getSimpleName().replaceAll("(Response|Body)$", "");
        Class<?> home = type.getEnclosingClass();
        if (home == null) {
            return name;
        }
        String prefix = home.getSimpleName().replaceAll("(Controller|Response|Request)$", "");
        boolean ofItsOwn = name.startsWith(prefix)
                || type.getSimpleName().endsWith("Response")
                || (home.getSimpleName().endsWith("Controller") && name.endsWith("Request"));
        return ofItsOwn ? name : prefix + name;
    }
}
