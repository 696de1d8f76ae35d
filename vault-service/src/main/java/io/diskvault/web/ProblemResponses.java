package io.diskvault.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.diskvault.command.CommandRejected;
import io.diskvault.command.Quoted;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes every error that the framework answers by itself a [Problem] too: unknown paths, malformed bodies, bodies that
/// are too large, and our own bugs, whose inner workings are logged and not told.
@Singleton
@Replaces(ErrorResponseProcessor.class)
final class ProblemResponses implements ErrorResponseProcessor<Problem> {
    private static final String DOWNLOADS = "/recovery-point-downloads/";

    @Override
    public MutableHttpResponse<Problem> processResponse(ErrorContext error, MutableHttpResponse<?> response) {
        Problem problem = problemOf(error, response.status());
        return response.status(problem.status()).body(problem).contentType(MediaType.of(Problem.MEDIA_TYPE));
    }

    private static Problem problemOf(ErrorContext error, HttpStatus status) {
        List<Throwable> causes = causesOf(error.getRootCause().orElse(null));
        Optional<CommandRejected> rejected = first(causes, CommandRejected.class);
        if (rejected.isPresent()) {
            return RejectionHandler.problemOf(rejected.get());
        }
        Optional<JsonProcessingException> json = first(causes, JsonProcessingException.class);
        if (json.isPresent()) {
            return ofJson(json.get());
        }
        Optional<ConversionErrorException> unreadable = first(causes, ConversionErrorException.class);
        return unreadable.isPresent() && status == HttpStatus.BAD_REQUEST
                ? ofConversion(unreadable.get())
                : ofStatus(status, error);
    }

    /// A part of the path or a parameter that is not of its kind, in words that do not speak of classes.
    private static Problem ofConversion(ConversionErrorException unreadable) {
        String given = unreadable
                .getConversionError()
                .getOriginalValue()
                .map(value -> Quoted.of(String.valueOf(value)))
                .orElse("something else");
        return Problem.of(
                400,
                "Bad Request",
                "UserErrorBadRequest",
                "%s is %s; it has to be %s."
                        .formatted(
                                unreadable.getArgument().getName(),
                                given,
                                JsonMistake.kindOf(unreadable.getArgument().getType())),
                "Correct the request and send it again.");
    }

    private static Problem ofJson(JsonProcessingException malformed) {
        return Problem.of(
                400,
                "Bad Request",
                "UserErrorMalformedRequest",
                JsonMistake.of(malformed),
                "Correct the body and send the request again.");
    }

    private static Problem ofStatus(HttpStatus status, ErrorContext error) {
        String method = error.getRequest().getMethodName();
        String path = shown(error.getRequest().getPath());
        String said = error.getErrors().stream()
                .map(io.micronaut.http.server.exceptions.response.Error::getMessage)
                .collect(Collectors.joining("; "));
        String code;
        String detail;
        String action;
        switch (status) {
            case NOT_FOUND -> {
                code = "UserErrorNoSuchEndpoint";
                detail = "There is nothing at %s.".formatted(path);
                action = "Check the path; the endpoints start with /api/v1.";
            }
            case METHOD_NOT_ALLOWED -> {
                code = "UserErrorMethodNotAllowed";
                detail = "%s is not possible at %s.".formatted(method, path);
                action = "Use one of the methods in the Allow header.";
            }
            case REQUEST_ENTITY_TOO_LARGE -> {
                code = "UserErrorRequestTooLarge";
                detail = "The body is larger than any request to this server needs to be (diskvault.http.body-size).";
                action = "Send a smaller body.";
            }
            case UNSUPPORTED_MEDIA_TYPE -> {
                code = "UserErrorUnsupportedMediaType";
                detail = "%s %s takes JSON.".formatted(method, path);
                action = "Send the header Content-Type: application/json.";
            }
            default -> {
                boolean ours = status.getCode() >= 500;
                code = ours ? "InternalError" : "UserErrorBadRequest";
                detail = ours ? "The server failed at this request; its log says where." : said;
                action = ours ? "Look into the server's log, or try again." : "Correct the request and send it again.";
            }
        }
        return Problem.of(status.getCode(), status.getReason(), code, detail, action);
    }

    /// What follows is a secret.
    private static String shown(String path) {
        int end = path.indexOf(DOWNLOADS);
        return end < 0 ? path : path.substring(0, end + DOWNLOADS.length()) + "…";
    }

    private static List<Throwable> causesOf(@Nullable Throwable failure) {
        return java.util.stream.Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .toList();
    }

    private static <T extends Throwable> Optional<T> first(List<Throwable> causes, Class<T> type) {
        return causes.stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}
