package io.diskvault.export;

import io.diskvault.access.Callers;
import io.diskvault.command.CommandRejected;
import io.diskvault.command.Commands;
import io.diskvault.export.ExportCommand.EndExport;
import io.diskvault.export.view.ExportRow;
import io.diskvault.export.view.ExportRows;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after exports: closes those that nobody may read any more, ends those that nobody uses, and serves again at
/// the start what was served before the server stopped.
@Singleton
class ExportWatch implements ApplicationEventListener<ServerStartupEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(ExportWatch.class);

    /// As who the server ends exports.
    private static final String CALLER = "exports";

    private static final long LOOK_MILLIS = 200;

    /// Clients connect several times before they read.
    private static final int LOOKS_UNUSED_MAX = 50;

    private static final int LOOKS_PER_SWEEP = 5;

    private final ExportRows rows;
    private final ExportedPoints points;
    private final ExportUses uses;
    private final ExportOverlays overlays;
    private final OpenExports open;
    private final ServedExports served;
    private final ExportSocket socket;
    private final ExportRehearsal rehearsal;
    private final Commands commands;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("export-watch").factory());
    private int looksSinceSweep = LOOKS_PER_SWEEP;
    private boolean serving;
    private boolean refused;

    ExportWatch(
            ExportRows rows,
            ExportedPoints points,
            ExportUses uses,
            ExportOverlays overlays,
            OpenExports open,
            ServedExports served,
            ExportSocket socket,
            ExportRehearsal rehearsal,
            Commands commands) {
        this.rows = rows;
        this.points = points;
        this.uses = uses;
        this.overlays = overlays;
        this.open = open;
        this.served = served;
        this.socket = socket;
        this.rehearsal = rehearsal;
        this.commands = commands;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // runs until the executor is shut down
    public void onApplicationEvent(ServerStartupEvent event) {
        looks.execute(rehearsal::run);
        looks.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            open.closeIf(this::isOver);
            looksSinceSweep++;
            if (looksSinceSweep >= LOOKS_PER_SWEEP) {
                looksSinceSweep = 0;
                Callers.as(CALLER, this::sweep);
                tidyUp();
            }
        } catch (RuntimeException | IOException failure) {
            // Whoever must not read any more must lose the disk at the next look.
            LOG.warn("The exports could not be looked at.", failure);
        }
    }

    /// Whether nobody reads it any more, or must not.
    private boolean isOver(UUID id, ServedExport one) {
        Optional<ExportRow> row = rows.findById(id).filter(ExportRow::isServed).filter(points::isAllowed);
        row.ifPresent(_ -> one.note(id, uses));
        return row.isEmpty() || one.look() > LOOKS_UNUSED_MAX;
    }

    /// Ends what has no reason to go on.
    private void sweep() {
        List<ExportRow> active = rows.active();
        if (!active.isEmpty() && !serving) {
            serve();
        }
        for (ExportRow row : active) {
            reasonToEnd(row).ifPresent(reason -> {
                open.close(row.id());
                commands.send(new EndExport(
                        new ExportId(row.id()), reason, Callers.current().principal(), uses.now()));
                LOG.info(
                        "export {} of {} has ended: {}",
                        row.id(),
                        row.instanceId().path(),
                        reason.text());
            });
        }
    }

    /// Again, if the server has stopped meanwhile; also exports that the tables show only a while after the start.
    private void serve() {
        try {
            served.listen();
            serving = true;
        } catch (CommandRejected unusable) {
            if (!refused) {
                LOG.error("{} {}", unusable.getMessage(), unusable.rejection().recommendedAction());
            }
            refused = true;
        }
    }

    private Optional<ExportEnd> reasonToEnd(ExportRow row) {
        boolean allowed = points.isAllowed(row);
        boolean idle = served.connections(row.id()) == 0
                && !uses.now().isBefore(uses.unusedSince(row).plus(row.idleTime()));
        if (!row.isServed() || (allowed && !idle) || hasChanges(row)) {
            return Optional.empty();
        }
        return Optional.of(allowed ? ExportEnd.IDLE : ExportEnd.RIGHT_LOST);
    }

    /// What somebody has written goes when somebody says so.
    private boolean hasChanges(ExportRow row) {
        return open.changedBytes(row).orElse(1) > 0;
    }

    /// Removes what was written to exports that have ended.
    private void tidyUp() throws IOException {
        for (UUID export : overlays.all()) {
            if (rows.findById(export).filter(row -> !row.isActive()).isPresent()) {
                open.forget(export);
            }
        }
    }

    @PreDestroy
    void stop() throws IOException {
        looks.close();
        socket.close();
        open.closeIf((id, one) -> {
            noteLast(id, one);
            return true;
        });
    }

    private void noteLast(UUID id, ServedExport one) {
        try {
            one.noteLast(id, uses);
        } catch (DataAccessException failure) {
            // It has to be closed all the same; the next start takes it for unused a little longer.
            LOG.warn("The last use of the export {} could not be noted.", id, failure);
        }
    }
}
