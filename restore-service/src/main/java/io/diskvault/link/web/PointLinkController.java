package io.diskvault.link.web;

import io.diskvault.access.Access;
import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.access.TokenSecret;
import io.diskvault.command.CommandRejected;
import io.diskvault.command.Commands;
import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;
import io.diskvault.instance.InstanceCatalog;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.InstanceRejection;
import io.diskvault.instance.ProtectedInstance;
import io.diskvault.link.ImageFormat;
import io.diskvault.link.LinkCommand.CreateLink;
import io.diskvault.link.LinkId;
import io.diskvault.link.LinkKind;
import io.diskvault.link.LinkRejection;
import io.diskvault.link.LinkSettings;
import io.diskvault.link.NbdPort;
import io.diskvault.role.VaultIdentity;
import io.diskvault.web.Views;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.server.util.HttpHostResolver;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `…/recovery-points/{point}/links`: makes links.
@Controller("/api/v1/backup-vaults/{vault}/backup-instances/{instance}/recovery-points/{point}/links")
@ExecuteOn(TaskExecutors.BLOCKING)
final class PointLinkController {
    private static final Duration VALIDITY_DEFAULT = Duration.ofHours(1);

    private final Access access;
    private final InstanceCatalog instances;
    private final VaultIdentity identity;
    private final LinkSettings settings;
    private final NbdPort port;
    private final HttpHostResolver hosts;
    private final Commands commands;
    private final Views views;
    private final Clock clock;

    PointLinkController(
            Access access,
            InstanceCatalog instances,
            VaultIdentity identity,
            LinkSettings settings,
            NbdPort port,
            HttpHostResolver hosts,
            Commands commands,
            Views views,
            Clock clock) {
        this.access = access;
        this.instances = instances;
        this.identity = identity;
        this.settings = settings;
        this.port = port;
        this.hosts = hosts;
        this.commands = commands;
        this.views = views;
        this.clock = clock;
    }

    /// @param kind `download`, also if absent, or `nbd`
    /// @param format `raw`, also if absent
    /// @param validFor an ISO 8601 duration; an hour if absent
    record LinkRequest(
            @Nullable String kind,
            @Nullable String format,
            @Nullable String validFor) {}

    /// @param url with the secret: only in the answer to the request that made the link
    record CreatedLink(
            UUID id,
            String vault,
            String instance,
            String recoveryPoint,
            LinkKind kind,
            ImageFormat format,
            String createdBy,
            Instant createdTime,
            Instant expiresAt,
            String url) {}

    @Post
    @Allow(Permission.POINTS_EXPORT)
    HttpResponse<CreatedLink> create(
            String vault, String instance, String point, @Body LinkRequest request, HttpRequest<?> http) {
        InstanceId id = new InstanceId(vault, instance);
        LinkKind kind = request.kind() == null ? LinkKind.DOWNLOAD : LinkKind.of(request.kind());
        ImageFormat format = request.format() == null ? ImageFormat.RAW : ImageFormat.of(request.format());
        requireServed(kind, format);
        Duration validity = validityOf(request.validFor());
        ProtectedInstance source = instances.restorable(id);
        if (!instances.hasPoint(id, point)) {
            throw InstanceRejection.pointNotFound(id, point);
        }
        VaultIdentity.require(identity.missingToExport(id.vaultId(), source.snapshotGroup()));
        LinkId link = new LinkId(UUID.randomUUID());
        TokenSecret secret = TokenSecret.random();
        Instant now = clock.instant();
        Instant expiresAt = now.plus(validity);
        String maker = access.me();
        commands.send(
                new CreateLink(link, id, point, kind, format, TokenSecret.hash(secret.text()), maker, expiresAt, now));
        views.catchUp();
        return HttpResponse.created(new CreatedLink(
                link.value(), vault, instance, point, kind, format, maker, now, expiresAt, urlOf(kind, secret, http)));
    }

    /// Under the name by which the caller reached this server.
    private String urlOf(LinkKind kind, TokenSecret secret, HttpRequest<?> http) {
        return switch (kind) {
            case DOWNLOAD -> hosts.resolve(http) + "/api/v1/recovery-point-downloads/" + secret.text();
            case NBD ->
                port.uri(secret.text()).orElseThrow(LinkRejection::nbdOff).toString();
        };
    }

    private void requireServed(LinkKind kind, ImageFormat format) {
        if (kind == LinkKind.NBD) {
            if (!port.isOpen()) {
                throw LinkRejection.nbdOff();
            }
            if (format != ImageFormat.RAW) {
                throw GeneralRejection.invalid(
                        "format is %s; a link of the kind nbd gives the disk itself, which is raw."
                                .formatted(format.text()));
            }
        }
    }

    private Duration validityOf(@Nullable String asked) {
        Duration longest = settings.longestValidity();
        Duration validity =
                asked == null ? VALIDITY_DEFAULT.compareTo(longest) < 0 ? VALIDITY_DEFAULT : longest : parse(asked);
        if (!validity.isPositive()) {
            throw GeneralRejection.invalid("validFor is %s; it must be longer than nothing.".formatted(validity));
        }
        if (validity.compareTo(longest) > 0) {
            throw new CommandRejected(
                    LinkRejection.VALIDITY_TOO_LONG,
                    "validFor is %s; a link is valid for %s at most.".formatted(validity, longest));
        }
        return validity;
    }

    private static Duration parse(String asked) {
        try {
            return Duration.parse(asked);
        } catch (DateTimeException _) {
            throw GeneralRejection.invalid("validFor is %s; write it like PT2H or P1D.".formatted(Quoted.of(asked)));
        }
    }
}
