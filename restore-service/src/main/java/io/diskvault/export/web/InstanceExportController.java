package io.diskvault.export.web;

import io.diskvault.access.Access;
import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.command.CommandRejected;
import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;
import io.diskvault.export.ExportRejection;
import io.diskvault.export.ExportSettings;
import io.diskvault.export.NewExports;
import io.diskvault.export.NewExports.Made;
import io.diskvault.export.NewExports.Wish;
import io.diskvault.instance.InstanceCatalog;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.InstanceRejection;
import io.diskvault.link.NbdPort;
import io.diskvault.web.Listing;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `…/backup-instances/{instance}/exports`: instant restore.
@Controller("/api/v1/backup-vaults/{vault}/backup-instances/{instance}/exports")
@ExecuteOn(TaskExecutors.BLOCKING)
final class InstanceExportController {
    /// Instead of a recovery point's id: the newest there is when the request comes.
    private static final String LATEST = "latest";

    private static final String UNIX = "unix";
    private static final String TCP = "tcp";

    private static final Duration IDLE_TIMEOUT_MIN = Duration.ofMinutes(1);

    private final Access access;
    private final InstanceCatalog instances;
    private final ExportSettings settings;
    private final NewExports exports;
    private final ShownExports shown;
    private final NbdPort port;

    InstanceExportController(
            Access access,
            InstanceCatalog instances,
            ExportSettings settings,
            NewExports exports,
            ShownExports shown,
            NbdPort port) {
        this.access = access;
        this.instances = instances;
        this.settings = settings;
        this.exports = exports;
        this.shown = shown;
        this.port = port;
    }

    /// @param recoveryPoint its id, or `latest`
    /// @param writable whether clients may write, into an overlay; `false`, also if absent
    /// @param idleTimeout an ISO 8601 duration; an hour if absent
    /// @param transport `unix`, also if absent, or `tcp`: at the port of links, too
    record ExportRequest(
            @Nullable String recoveryPoint,
            @Nullable Boolean writable,
            @Nullable String idleTimeout,
            @Nullable String transport) {}

    @Post
    @Allow(Permission.POINTS_EXPORT)
    HttpResponse<ExportResponse> create(String vault, String instance, @Body ExportRequest request) {
        InstanceId id = new InstanceId(vault, instance);
        boolean onPort = isOnPort(request.transport());
        Duration idleTime = idleTimeOf(request.idleTimeout());
        instances.restorable(id);
        Made made = exports.make(new Wish(
                id,
                pointOf(id, request.recoveryPoint()),
                Boolean.TRUE.equals(request.writable()),
                onPort,
                idleTime,
                access.me()));
        URI location = URI.create("/api/v1/exports/" + made.export().id());
        return HttpResponse.<ExportResponse>created(location)
                .body(shown.one(made.export(), made.secret().flatMap(port::uri)));
    }

    /// @param state `active`, also if absent, or `all`: also those that have ended
    @Get
    @Allow(Permission.POINTS_EXPORT)
    Listing<ExportResponse> list(
            String vault,
            String instance,
            @QueryValue @Nullable String state,
            @QueryValue @Nullable String cursor,
            @QueryValue @Nullable Integer limit) {
        InstanceId id = new InstanceId(vault, instance);
        if (instances.find(id).isEmpty()) {
            throw InstanceRejection.notFound(id);
        }
        return shown.list(
                new ShownExports.Filter(false, List.of(vault), vault, instance, ExportController.withEnded(state)),
                cursor,
                limit);
    }

    private boolean isOnPort(@Nullable String transport) {
        if (transport == null || transport.equals(UNIX)) {
            return false;
        }
        if (!transport.equals(TCP)) {
            throw GeneralRejection.invalid("transport is %s; it is unix or tcp.".formatted(Quoted.of(transport)));
        }
        if (!port.isOpen()) {
            throw new CommandRejected(ExportRejection.TCP_OFF, "This server has no port for disks over NBD.");
        }
        return true;
    }

    private Duration idleTimeOf(@Nullable String asked) {
        Duration idleTime = asked == null ? settings.usualIdleTimeout() : parse(asked);
        if (idleTime.compareTo(IDLE_TIMEOUT_MIN) < 0) {
            throw GeneralRejection.invalid(
                    "idleTimeout is %s; an export waits %s at least.".formatted(idleTime, IDLE_TIMEOUT_MIN));
        }
        if (idleTime.compareTo(settings.longestIdleTimeout()) > 0) {
            throw new CommandRejected(
                    ExportRejection.IDLE_TIMEOUT_TOO_LONG,
                    "idleTimeout is %s; an export waits %s at most."
                            .formatted(idleTime, settings.longestIdleTimeout()));
        }
        return idleTime;
    }

    private static Duration parse(String asked) {
        try {
            return Duration.parse(asked);
        } catch (DateTimeException _) {
            throw GeneralRejection.invalid("idleTimeout is %s; write it like PT2H or P1D.".formatted(Quoted.of(asked)));
        }
    }

    private String pointOf(InstanceId instance, @Nullable String asked) {
        if (asked == null) {
            throw GeneralRejection.invalid("recoveryPoint is missing; give an id, or \"latest\".");
        }
        Optional<String> newest = asked.equals(LATEST) ? instances.newestPoint(instance) : Optional.of(asked);
        return newest.orElseThrow(() -> InstanceRejection.pointNotFound(instance, asked));
    }
}
