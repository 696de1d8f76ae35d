package io.diskvault.export;

import io.diskvault.access.Callers;
import io.diskvault.access.TokenSecret;
import io.diskvault.command.CommandRejected;
import io.diskvault.command.Commands;
import io.diskvault.engine.nbd.Export;
import io.diskvault.engine.nbd.Exports;
import io.diskvault.export.ExportCommand.EndExport;
import io.diskvault.export.view.ExportRow;
import io.diskvault.export.view.ExportRows;
import io.diskvault.link.SecretDisks;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves the active exports, and ends those that nobody uses.
///
/// A point is opened when the first client comes, and closed some seconds after the last one has gone: the instance
/// keeps it all the time, so it can be opened again.
@Singleton
public class ServedExports implements SecretDisks, ApplicationEventListener<ServerStartupEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(ServedExports.class);

    /// As who the server ends exports.
    private static final String CALLER = "exports";

    private static final long LOOK_MILLIS = 200;

    /// Clients connect several times before they read.
    private static final int LOOKS_UNUSED_MAX = 50;

    private static final int LOOKS_PER_SWEEP = 5;

    private final ExportRows rows;
    private final ExportedPoints points;
    private final ExportUses uses;
    private final ExportSocket socket;
    private final Commands commands;
    private final Map<UUID, ServedExport> open = new HashMap<>();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("served-exports").factory());
    private final Exports onSocket = new Exports() {
        @Override
        public List<String> listed() {
            return rows.active().stream().map(ExportRow::name).toList();
        }

        @Override
        public Optional<Export> find(String name) {
            return rows.activeByName(name).flatMap(ServedExports.this::admit);
        }
    };
    private int looksSinceSweep;

    ServedExports(ExportRows rows, ExportedPoints points, ExportUses uses, ExportSocket socket, Commands commands) {
        this.rows = rows;
        this.points = points;
        this.uses = uses;
        this.socket = socket;
        this.commands = commands;
    }

    /// Serves again what was served before the server stopped.
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // runs until the executor is shut down
    public void onApplicationEvent(ServerStartupEvent event) {
        if (rows.countActive() > 0) {
            try {
                listen();
            } catch (CommandRejected refused) {
                LOG.error("{} {}", refused.getMessage(), refused.rejection().recommendedAction());
            }
        }
        looks.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// Makes sure that exports can be connected to.
    ///
    /// @throws CommandRejected if they cannot
    public void listen() {
        socket.open(onSocket);
    }

    /// What a client needs to attach an export over the socket; empty if there is none.
    public Optional<URI> uri(ExportRow export) {
        return export.isActive() ? socket.uri(export.name()) : Optional.empty();
    }

    /// How many clients this server has for an export.
    public synchronized int connections(UUID export) {
        return Optional.ofNullable(open.get(export))
                .map(ServedExport::connections)
                .orElse(0);
    }

    @Override
    public Optional<Export> bySecret(String secret) {
        return rows.activeByHash(TokenSecret.hash(secret)).flatMap(this::admit);
    }

    private Optional<Export> admit(ExportRow row) {
        try {
            if (!points.isAllowed(row)) {
                LOG.info("A client was not given the export {}: its maker may not export any more.", row.id());
                return Optional.empty();
            }
            points.require(row.instanceId(), row.recoveryPoint());
            return Optional.of(serve(row));
        } catch (CommandRejected refused) {
            LOG.info("A client was not given the export {}: {}", row.id(), refused.getMessage());
            return Optional.empty();
        }
    }

    private synchronized Export serve(ExportRow row) {
        ServedExport served = open.get(row.id());
        if (served == null) {
            served = new ServedExport(row, points.open(row.instanceId(), row.recoveryPoint()));
            open.put(row.id(), served);
        }
        served.connecting();
        return served.export();
    }

    /// Ends the connections to an export that has ended.
    public void close(UUID export) {
        take(export).ifPresent(ServedExport::close);
    }

    private synchronized Optional<ServedExport> take(UUID export) {
        return Optional.ofNullable(open.remove(export));
    }

    private void look() {
        try {
            over().forEach(ServedExport::close);
            looksSinceSweep++;
            if (looksSinceSweep >= LOOKS_PER_SWEEP) {
                looksSinceSweep = 0;
                Callers.as(CALLER, this::sweep);
            }
        } catch (RuntimeException failure) {
            // Whoever must not read any more must lose the disk at the next look.
            LOG.warn("The exports could not be looked at.", failure);
        }
    }

    /// Those that nobody reads any more, or must not.
    private synchronized List<ServedExport> over() {
        List<ServedExport> over = new ArrayList<>();
        Iterator<Map.Entry<UUID, ServedExport>> each = open.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<UUID, ServedExport> next = each.next();
            Optional<ExportRow> row =
                    rows.findById(next.getKey()).filter(ExportRow::isActive).filter(points::isAllowed);
            row.ifPresent(active -> next.getValue().note(active.id(), uses));
            if (row.isEmpty() || next.getValue().look() > LOOKS_UNUSED_MAX) {
                over.add(next.getValue());
                each.remove();
            }
        }
        return over;
    }

    /// Ends what has no reason to go on.
    private void sweep() {
        for (ExportRow row : rows.active()) {
            reasonToEnd(row).ifPresent(reason -> {
                commands.send(new EndExport(
                        new ExportId(row.id()), reason, Callers.current().principal(), uses.now()));
                LOG.info(
                        "export {} of {} has ended: {}",
                        row.id(),
                        row.instanceId().path(),
                        reason.text());
                close(row.id());
            });
        }
    }

    private Optional<ExportEnd> reasonToEnd(ExportRow row) {
        if (!points.isAllowed(row)) {
            return Optional.of(ExportEnd.RIGHT_LOST);
        }
        boolean idle = connections(row.id()) == 0
                && !uses.now().isBefore(uses.unusedSince(row).plus(row.idleTime()));
        return idle ? Optional.of(ExportEnd.IDLE) : Optional.empty();
    }

    private synchronized List<ServedExport> all() {
        List<ServedExport> all = List.copyOf(open.values());
        try {
            open.forEach((id, served) -> served.noteLast(id, uses));
        } catch (DataAccessException failure) {
            // The points have to be closed all the same; the next start takes them for unused a little longer.
            LOG.warn("The last uses of exports could not be noted.", failure);
        }
        open.clear();
        return all;
    }

    @PreDestroy
    void stop() throws IOException {
        looks.close();
        socket.close();
        all().forEach(ServedExport::close);
    }
}
