package io.diskvault.alert.web;

import io.diskvault.access.Access;
import io.diskvault.access.Allow;
import io.diskvault.access.Grants.Reach;
import io.diskvault.access.Permission;
import io.diskvault.access.Scope;
import io.diskvault.alert.AlertCommand;
import io.diskvault.alert.AlertCommand.AcknowledgeAlert;
import io.diskvault.alert.AlertCommand.CloseAlert;
import io.diskvault.alert.AlertId;
import io.diskvault.alert.AlertKind;
import io.diskvault.alert.AlertRejection;
import io.diskvault.alert.AlertState;
import io.diskvault.alert.Severity;
import io.diskvault.alert.view.AlertRow;
import io.diskvault.alert.view.AlertRows;
import io.diskvault.command.Commands;
import io.diskvault.web.Cursor;
import io.diskvault.web.Listing;
import io.diskvault.web.Views;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.util.Optional;

/// `/api/v1/alerts`. Those of a vault are for whoever may read it, those of the server for whoever may read all
/// vaults.
@Controller("/api/v1/alerts")
@ExecuteOn(TaskExecutors.BLOCKING)
final class AlertController {
    private final Access access;
    private final Commands commands;
    private final AlertRows rows;
    private final Views views;
    private final Clock clock;

    AlertController(Access access, Commands commands, AlertRows rows, Views views, Clock clock) {
        this.access = access;
        this.commands = commands;
        this.rows = rows;
        this.views = views;
        this.clock = clock;
    }

    /// What happened last first.
    @Get
    @Allow(value = Permission.VAULTS_READ, checkedInside = true)
    Listing<AlertResponse> list(@RequestBean AlertFilter filter) {
        Cursor before = Cursor.parse(filter.cursor());
        int count = Cursor.limit(filter.limit());
        Reach reach = access.mine().reach(Permission.VAULTS_READ);
        return Listing.of(
                rows.listBefore(
                        before.time(),
                        before.key(),
                        reach.everywhere(),
                        reach.vaults(),
                        filter.vault(),
                        filter.instance(),
                        Optional.ofNullable(filter.kind())
                                .map(AlertKind::of)
                                .map(AlertKind::text)
                                .orElse(null),
                        Optional.ofNullable(filter.severity())
                                .map(Severity::of)
                                .map(Severity::text)
                                .orElse(null),
                        Optional.ofNullable(filter.state())
                                .map(AlertState::of)
                                .map(AlertState::text)
                                .orElse(null),
                        count + 1),
                count,
                AlertResponse::of,
                row -> new Cursor(row.lastTime(), row.id()));
    }

    @Get("/{id}")
    @Allow(value = Permission.VAULTS_READ, checkedInside = true)
    AlertResponse get(String id) {
        return AlertResponse.of(visible(id));
    }

    private AlertRow visible(String id) {
        return rows.findById(id)
                .filter(row -> access.may(Permission.VAULTS_READ, scopeOf(row)))
                .orElseThrow(() -> AlertRejection.notFound(id));
    }

    private static Scope scopeOf(AlertRow row) {
        return row.vault() == null ? Scope.SERVER : Scope.vault(row.vault());
    }

    /// Says that somebody sees to it.
    @Post("/{id}/acknowledge")
    @Allow(value = Permission.ALERTS_WRITE, checkedInside = true)
    AlertResponse acknowledge(String id) {
        return send(new AcknowledgeAlert(handled(id), access.me(), clock.instant()));
    }

    /// Says that nothing is to be done about it any more.
    @Post("/{id}/close")
    @Allow(value = Permission.ALERTS_WRITE, checkedInside = true)
    AlertResponse close(String id) {
        return send(new CloseAlert(handled(id), access.me(), clock.instant()));
    }

    private AlertId handled(String id) {
        AlertRow row = visible(id);
        access.require(Permission.ALERTS_WRITE, scopeOf(row));
        return AlertId.parse(row.id());
    }

    private AlertResponse send(AlertCommand command) {
        commands.send(command);
        views.catchUp();
        return get(command.alert().text());
    }
}
