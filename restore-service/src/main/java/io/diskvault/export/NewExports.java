package io.diskvault.export;

import io.diskvault.access.TokenSecret;
import io.diskvault.command.CommandRejected;
import io.diskvault.command.Commands;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.PointDisk;
import io.diskvault.export.ExportCommand.CreateExport;
import io.diskvault.export.ExportCommand.Terms;
import io.diskvault.export.view.ExportRow;
import io.diskvault.export.view.ExportRows;
import io.diskvault.instance.InstanceId;
import io.diskvault.web.Views;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes exports, one after the other, so that there are never too many.
@Singleton
public class NewExports {
    private static final Logger LOG = LoggerFactory.getLogger(NewExports.class);

    private final ExportSettings settings;
    private final ExportRows rows;
    private final ExportedPoints points;
    private final ExportOverlays overlays;
    private final ServedExports served;
    private final Commands commands;
    private final Views views;
    private final Clock clock;

    NewExports(
            ExportSettings settings,
            ExportRows rows,
            ExportedPoints points,
            ExportOverlays overlays,
            ServedExports served,
            Commands commands,
            Views views,
            Clock clock) {
        this.settings = settings;
        this.rows = rows;
        this.points = points;
        this.overlays = overlays;
        this.served = served;
        this.commands = commands;
        this.views = views;
        this.clock = clock;
    }

    /// @param secret by which the port has the export; only known now
    public record Made(ExportRow export, Optional<String> secret) {}

    /// What somebody wants to be exported.
    ///
    /// @param writable whether clients may write; into an overlay, never to the point
    /// @param onPort whether it is to be on the port, too
    /// @param maker whose right it makes use of
    public record Wish(
            InstanceId instance, String point, boolean writable, boolean onPort, Duration idleTime, String maker) {}

    /// @throws CommandRejected if there are too many, or nobody could connect, or the point cannot be read
    public synchronized Made make(Wish wish) {
        requireRoom();
        served.listen();
        ExportId id = newId(wish.instance());
        Optional<String> secret =
                wish.onPort() ? Optional.of(TokenSecret.random().text()) : Optional.empty();
        Terms terms = new Terms(
                wish.instance(),
                wish.point(),
                wish.writable(),
                nameOf(wish.instance(), id.value()),
                secret.map(TokenSecret::hash),
                wish.idleTime(),
                wish.maker());
        make(id, terms);
        views.catchUp();
        return new Made(rows.findById(id.value()).orElseThrow(() -> ExportRejection.notFound(id.value())), secret);
    }

    private void make(ExportId id, Terms terms) {
        prepare(id, terms);
        boolean made = false;
        try {
            commands.send(new CreateExport(id, terms, clock.instant()));
            made = true;
        } finally {
            if (!made) {
                removeOverlay(id);
            }
        }
    }

    /// Sees that the point opens, and makes a place for what will be written.
    private void prepare(ExportId id, Terms terms) {
        try (PointDisk disk = points.open(terms.instance(), terms.recoveryPoint())) {
            if (terms.writable()) {
                overlays.create(id.value(), disk);
            }
        } catch (IOException | DatastoreException failure) {
            throw ExportedPoints.unreadable(
                    terms.instance(), terms.recoveryPoint(), String.valueOf(failure.getMessage()));
        }
    }

    private void removeOverlay(ExportId id) {
        try {
            overlays.remove(id.value());
        } catch (IOException failure) {
            LOG.warn("The overlay of an export that was not made could not be removed.", failure);
        }
    }

    private void requireRoom() {
        long active = rows.countActive();
        if (active >= settings.activeMax()) {
            throw new CommandRejected(
                    ExportRejection.TOO_MANY_EXPORTS,
                    "%d exports are active, and there may be %d.".formatted(active, settings.activeMax()));
        }
    }

    /// Of a name that no other active export has.
    private ExportId newId(InstanceId instance) {
        UUID id = UUID.randomUUID();
        while (rows.activeByName(nameOf(instance, id)).isPresent()) {
            id = UUID.randomUUID();
        }
        return new ExportId(id);
    }

    /// For people, who see it in the addresses and in lists of clients.
    private static String nameOf(InstanceId instance, UUID id) {
        return instance.name() + "-" + id.toString().substring(0, 8);
    }
}
