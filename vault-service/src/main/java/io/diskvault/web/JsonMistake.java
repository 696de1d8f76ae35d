package io.diskvault.web;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.diskvault.command.Quoted;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Says what is wrong with a body, in words of JSON: callers know nothing of our classes.
final class JsonMistake {
    private JsonMistake() {}

    static String of(JsonProcessingException malformed) {
        return switch (malformed) {
            case UnrecognizedPropertyException unknown ->
                "The body has a field '%s' that is not known here; known are %s."
                        .formatted(unknown.getPropertyName(), unknown.getKnownPropertyIds());
            case MismatchedInputException mismatch
            when isSurplus(mismatch) -> "The body has something after its end; it is one JSON value.";
            case InvalidFormatException invalid ->
                "%s is %s; it has to be %s."
                        .formatted(
                                placeOf(invalid),
                                Quoted.of(String.valueOf(invalid.getValue())),
                                kindOf(invalid.getTargetType()));
            case MismatchedInputException mismatch ->
                "%s has to be %s.".formatted(placeOf(mismatch), kindOf(mismatch.getTargetType()));
            case JsonMappingException other -> "%s is not as it is expected here.".formatted(placeOf(other));
            case StreamConstraintsException _ ->
                "The body is not one that can be read: a value in it is too long, or too deep.";
            default -> "The body is no JSON%s.".formatted(at(malformed.getLocation()));
        };
    }

    private static boolean isSurplus(MismatchedInputException mismatch) {
        return String.valueOf(mismatch.getOriginalMessage()).startsWith("Trailing token");
    }

    private static String at(@Nullable JsonLocation place) {
        return place == null ? "" : ", from line %d, column %d on".formatted(place.getLineNr(), place.getColumnNr());
    }

    /// As callers write it: `schedule.repeatingTimeIntervals[0]`.
    private static String placeOf(JsonMappingException mistake) {
        StringBuilder place = new StringBuilder();
        for (Reference step : mistake.getPath()) {
            if (step.getFieldName() == null) {
                place.append('[').append(step.getIndex()).append(']');
            } else {
                place.append(place.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return place.isEmpty() ? "The body" : place.toString();
    }

    /// What a value has to be, for whoever wrote another one.
    static String kindOf(@Nullable Class<?> type) {
        if (type == null) {
            return "something else";
        } else if (type == String.class) {
            return "a text";
        } else if (type == UUID.class) {
            return "an id like 2b1f7c30-52d5-4b5e-9d0a-1f0f3a6e8c11";
        } else if (type == Instant.class) {
            return "a time like 2026-11-21T12:00:00Z";
        } else if (type == LocalDate.class) {
            return "a day like 2026-11-21";
        } else if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        } else if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(String::valueOf)
                    .collect(Collectors.joining(", ", "one of ", ""));
        } else if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return "a whole number";
        } else if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "a list";
        }
        return type.isRecord() ? "an object" : "something else";
    }
}
