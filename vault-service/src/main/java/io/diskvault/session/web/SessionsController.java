package io.diskvault.session.web;

import io.diskvault.access.Access;
import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.access.Scope;
import io.diskvault.command.CommandRejected;
import io.diskvault.session.SessionRejection;
import io.diskvault.session.Sessions;
import io.diskvault.session.view.SessionRow;
import io.diskvault.web.Cursor;
import io.diskvault.web.Listing;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `/api/v1/sessions`: who is signed in with a browser.
@Controller("/api/v1/sessions")
@ExecuteOn(TaskExecutors.BLOCKING)
final class SessionsController {
    private final Sessions sessions;
    private final Access access;

    SessionsController(Sessions sessions, Access access) {
        this.sessions = sessions;
        this.access = access;
    }

    /// @param token the id of the token that it was made from; null if a provider vouched for the principal
    /// @param lastUsedTime to the minute
    record SessionResponse(
            UUID id,
            String principal,
            @Nullable UUID token,
            Instant createdTime,
            Instant lastUsedTime,
            Instant expiresAt) {
        static SessionResponse of(SessionRow row) {
            return new SessionResponse(
                    row.id(), row.principal(), row.token(), row.createdAt(), row.lastUsed(), row.expiresAt());
        }
    }

    /// Everybody's sessions for those who may issue tokens, otherwise the caller's own.
    @Get
    @Allow(value = Permission.TOKENS_WRITE, checkedInside = true)
    Listing<SessionResponse> list(@QueryValue @Nullable String cursor, @QueryValue @Nullable Integer limit) {
        Cursor from = Cursor.parse(cursor);
        int count = Cursor.limit(limit);
        Optional<String> of = mayManage() ? Optional.empty() : Optional.of(access.me());
        List<SessionRow> page = sessions.listBefore(from.time(), from.key(), of, count + 1);
        return Listing.of(
                page,
                count,
                SessionResponse::of,
                row -> new Cursor(row.createdAt(), row.id().toString()));
    }

    private boolean mayManage() {
        return access.may(Permission.TOKENS_WRITE, Scope.SERVER);
    }

    /// Signs a browser out, one's own or, for those who may issue tokens, anybody's.
    @Delete("/{id}")
    @Allow(value = Permission.TOKENS_WRITE, checkedInside = true)
    HttpResponse<?> end(UUID id) {
        boolean may = sessions.principalOf(id)
                .filter(principal -> principal.equals(access.me()) || mayManage())
                .isPresent();
        if (!may) {
            throw new CommandRejected(
                    SessionRejection.SESSION_NOT_FOUND, "There is no session with the id '%s'.".formatted(id));
        }
        sessions.end(id);
        return HttpResponse.noContent();
    }
}
