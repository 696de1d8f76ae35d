package io.diskvault.access.web;

import io.diskvault.access.TokenCommand.IssueToken;
import io.diskvault.access.TokenCommand.RevokeToken;
import io.diskvault.access.TokenId;
import io.diskvault.access.TokenSecret;
import io.diskvault.access.view.TokenRow;
import io.diskvault.access.view.TokenRows;
import io.diskvault.command.Commands;
import io.diskvault.command.GeneralRejection;
import io.diskvault.command.ResourceName;
import io.diskvault.web.Cursor;
import io.diskvault.web.Listing;
import io.diskvault.web.Views;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `/api/v1/tokens`.
@Controller("/api/v1/tokens")
@ExecuteOn(TaskExecutors.BLOCKING)
final class TokenController {
    private final Commands commands;
    private final TokenRows rows;
    private final Views views;
    private final Clock clock;

    TokenController(Commands commands, TokenRows rows, Views views, Clock clock) {
        this.commands = commands;
        this.rows = rows;
        this.views = views;
        this.clock = clock;
    }

    record TokenRequest(@Nullable String name, @Nullable Instant expiresAt) {}

    /// @param token the secret: only in the answer to the request that issued it
    record IssuedToken(UUID id, String name, @Nullable Instant expiresAt, Instant createdTime, String token) {}

    record TokenResponse(UUID id, String name, @Nullable Instant expiresAt, Instant createdTime) {
        static TokenResponse of(TokenRow row) {
            return new TokenResponse(row.id(), row.name(), row.expiresAt(), row.createdAt());
        }
    }

    @Post
    HttpResponse<IssuedToken> issue(@Body TokenRequest request) {
        if (request.name() == null) {
            throw GeneralRejection.invalid("name is missing: say what the token is for.");
        }
        String name = ResourceName.check("token", request.name());
        Instant now = clock.instant();
        if (request.expiresAt() != null && !request.expiresAt().isAfter(now)) {
            throw GeneralRejection.invalid("expiresAt is %s, which is past.".formatted(request.expiresAt()));
        }
        if (request.expiresAt() != null && request.expiresAt().isAfter(Cursor.END_OF_TIME)) {
            throw GeneralRejection.invalid(
                    "expiresAt is %s, which is too far away; leave it out for a token that never expires."
                            .formatted(request.expiresAt()));
        }
        TokenId id = new TokenId(UUID.randomUUID());
        TokenSecret secret = TokenSecret.random();
        commands.send(new IssueToken(
                id, name, TokenSecret.hash(secret.text()), Optional.ofNullable(request.expiresAt()), now));
        views.catchUp();
        return HttpResponse.created(new IssuedToken(id.value(), name, request.expiresAt(), now, secret.text()));
    }

    @Get
    Listing<TokenResponse> list(@QueryValue @Nullable String cursor, @QueryValue @Nullable Integer limit) {
        Cursor from = Cursor.parse(cursor);
        int count = Cursor.limit(limit);
        return Listing.of(
                rows.listBefore(from.time(), from.key(), count + 1),
                count,
                TokenResponse::of,
                row -> new Cursor(row.createdAt(), row.id().toString()));
    }

    @Delete("/{id}")
    HttpResponse<?> revoke(UUID id) {
        commands.send(new RevokeToken(new TokenId(id), clock.instant()));
        views.catchUp();
        return HttpResponse.noContent();
    }
}
