package io.diskvault.role.web;

import io.diskvault.access.Access;
import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.access.Principals;
import io.diskvault.access.Role;
import io.diskvault.access.Scope;
import io.diskvault.access.TokenCommand.IssueToken;
import io.diskvault.access.TokenCommand.RevokeToken;
import io.diskvault.access.TokenId;
import io.diskvault.access.TokenRejection;
import io.diskvault.access.TokenSecret;
import io.diskvault.access.view.TokenRow;
import io.diskvault.access.view.TokenRows;
import io.diskvault.access.view.TokenUseRow;
import io.diskvault.access.view.TokenUseRows;
import io.diskvault.command.Commands;
import io.diskvault.command.GeneralRejection;
import io.diskvault.command.ResourceName;
import io.diskvault.role.RoleGrants;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `/api/v1/tokens`.
@Controller("/api/v1/tokens")
@ExecuteOn(TaskExecutors.BLOCKING)
final class TokenController {
    private final Access access;
    private final RoleGrants grants;
    private final TokenUseRows uses;
    private final Commands commands;
    private final TokenRows rows;
    private final Views views;
    private final Clock clock;

    TokenController(
            Access access,
            RoleGrants grants,
            TokenUseRows uses,
            Commands commands,
            TokenRows rows,
            Views views,
            Clock clock) {
        this.access = access;
        this.grants = grants;
        this.uses = uses;
        this.commands = commands;
        this.rows = rows;
        this.views = views;
        this.clock = clock;
    }

    /// @param name what the token is for
    /// @param principal who acts when it is used; the name if absent
    /// @param role given to the principal together with the token, at the scope; both or neither
    /// @param expiresAt from when on it is refused; absent for never
    record TokenRequest(
            @Nullable String name,
            @Nullable String principal,
            @Nullable String role,
            @Nullable String scope,
            @Nullable Instant expiresAt) {}

    /// @param token the secret: only in the answer to the request that issued it
    record IssuedToken(
            UUID id,
            String name,
            String principal,
            @Nullable Instant expiresAt,
            Instant createdTime,
            String token) {}

    /// @param lastUsedTime to the minute; null if it never was
    record TokenResponse(
            UUID id,
            String name,
            String principal,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedTime,
            Instant createdTime) {}

    @Post
    @Allow(Permission.TOKENS_WRITE)
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
        String principal = Principals.check(request.principal() == null ? name : request.principal());
        requireNotForeign(principal);
        if ((request.role() == null) != (request.scope() == null)) {
            throw GeneralRejection.invalid("role and scope belong together: give both, or neither.");
        }
        if (request.role() != null && request.scope() != null) {
            grants.grant(principal, Role.of(request.role()), Scope.parse(request.scope()));
        }
        TokenId id = new TokenId(UUID.randomUUID());
        TokenSecret secret = TokenSecret.random();
        commands.send(new IssueToken(
                id, name, principal, TokenSecret.hash(secret.text()), Optional.ofNullable(request.expiresAt()), now));
        views.catchUp();
        return HttpResponse.created(
                new IssuedToken(id.value(), name, principal, request.expiresAt(), now, secret.text()));
    }

    private static void requireNotForeign(String principal) {
        if (Principals.isForeign(principal)) {
            throw GeneralRejection.invalid(
                    "principal is '%s'; only its provider can say who that is, not a token.".formatted(principal));
        }
    }

    /// Everybody's tokens for those who may issue some, otherwise the caller's own.
    @Get
    @Allow(value = Permission.TOKENS_WRITE, checkedInside = true)
    Listing<TokenResponse> list(@QueryValue @Nullable String cursor, @QueryValue @Nullable Integer limit) {
        Cursor from = Cursor.parse(cursor);
        int count = Cursor.limit(limit);
        List<TokenRow> page = rows.listBefore(from.time(), from.key(), mayManage(), access.me(), count + 1);
        Map<UUID, Instant> used = uses
                .findByTokenIn(page.stream().map(TokenRow::id).toList())
                .stream()
                .collect(Collectors.toMap(TokenUseRow::token, TokenUseRow::lastUsed));
        return Listing.of(
                page,
                count,
                row -> new TokenResponse(
                        row.id(), row.name(), row.principal(), row.expiresAt(), used.get(row.id()), row.createdAt()),
                row -> new Cursor(row.createdAt(), row.id().toString()));
    }

    private boolean mayManage() {
        return access.may(Permission.TOKENS_WRITE, Scope.SERVER);
    }

    /// Whoever has a token can give it up.
    @Delete("/{id}")
    @Allow(value = Permission.TOKENS_WRITE, checkedInside = true)
    HttpResponse<?> revoke(UUID id) {
        boolean own = rows.findById(id)
                .filter(row -> row.principal().equals(access.me()))
                .isPresent();
        if (!own && !mayManage()) {
            throw TokenRejection.notFound(new TokenId(id));
        }
        commands.send(new RevokeToken(new TokenId(id), clock.instant()));
        views.catchUp();
        return HttpResponse.noContent();
    }
}
