package io.diskvault.web;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.Rejection;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/// A refused command becomes a problem with the reason's code.
@Singleton
final class RejectionHandler implements ExceptionHandler<CommandRejected, HttpResponse<Problem>> {
    @Override
    @SuppressWarnings("rawtypes") // as the overridden method has it
    public HttpResponse<Problem> handle(HttpRequest request, CommandRejected rejected) {
        Problem problem = problemOf(rejected);
        return HttpResponse.<Problem>status(HttpStatus.valueOf(problem.status()))
                .body(problem)
                .contentType(MediaType.of(Problem.MEDIA_TYPE));
    }

    static Problem problemOf(CommandRejected rejected) {
        Rejection reason = rejected.rejection();
        HttpStatus status = statusOf(reason.kind());
        return Problem.of(
                status.getCode(),
                status.getReason(),
                reason.code(),
                String.valueOf(rejected.getMessage()),
                reason.recommendedAction());
    }

    private static HttpStatus statusOf(Rejection.Kind kind) {
        return switch (kind) {
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case FORBIDDEN -> HttpStatus.FORBIDDEN;
            case CONFLICT -> HttpStatus.CONFLICT;
            case INVALID -> HttpStatus.UNPROCESSABLE_ENTITY;
            case PRECONDITION_FAILED -> HttpStatus.PRECONDITION_FAILED;
            case PRECONDITION_REQUIRED -> HttpStatus.PRECONDITION_REQUIRED;
            case LIMIT_REACHED -> HttpStatus.TOO_MANY_REQUESTS;
        };
    }
}
