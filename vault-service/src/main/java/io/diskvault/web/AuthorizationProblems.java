package io.diskvault.web;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.authentication.DefaultAuthorizationExceptionHandler;
import jakarta.inject.Singleton;

/// A request without a valid token is answered 401, one that its caller may not make 403, both as problems.
@Singleton
@Replaces(DefaultAuthorizationExceptionHandler.class)
final class AuthorizationProblems implements ExceptionHandler<AuthorizationException, MutableHttpResponse<?>> {
    @Override
    @SuppressWarnings("rawtypes") // as the overridden method has it
    public MutableHttpResponse<?> handle(HttpRequest request, AuthorizationException refused) {
        Problem problem = refused.isForbidden()
                ? Problem.of(
                        403,
                        "Forbidden",
                        "UserErrorForbidden",
                        "Your token does not allow this.",
                        "Ask an administrator for a token that does.")
                : Problem.of(
                        401,
                        "Unauthorized",
                        "UserErrorUnauthorized",
                        "This request needs a valid token.",
                        "Send the header Authorization: Bearer TOKEN, with a token that is neither revoked nor expired.");
        return HttpResponse.status(io.micronaut.http.HttpStatus.valueOf(problem.status()))
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .body(problem)
                .contentType(MediaType.of(Problem.MEDIA_TYPE));
    }
}
