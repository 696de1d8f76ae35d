package io.diskvault.web;

import io.diskvault.command.GeneralRejection;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;

/// Refuses addresses with a zero character: no name has one, and PostgreSQL cannot even be asked for it.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class ZeroCharacterFilter {
    @RequestFilter
    void refuse(HttpRequest<?> request) {
        if (request.getUri().toString().contains("%00")) {
            throw GeneralRejection.invalid("The address has a zero character (%00) in it.");
        }
    }
}
