package io.diskvault.export;

import io.diskvault.access.TokenSecret;
import io.diskvault.command.CommandRejected;
import io.diskvault.command.Commands;
import io.diskvault.export.ExportCommand.CreateExport;
import io.diskvault.export.ExportCommand.Terms;
import io.diskvault.export.view.ExportRow;
import io.diskvault.export.view.ExportRows;
import io.diskvault.instance.InstanceId;
import io.diskvault.web.Views;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/// Makes exports, one after the other, so that there are never too many.
@Singleton
public class NewExports {
    private final ExportSettings settings;
    private final ExportRows rows;
    private final ExportedPoints points;
    private final ServedExports served;
    private final Commands commands;
    private final Views views;
    private final Clock clock;

    NewExports(
            ExportSettings settings,
            ExportRows rows,
            ExportedPoints points,
            ServedExports served,
            Commands commands,
            Views views,
            Clock clock) {
        this.settings = settings;
        this.rows = rows;
        this.points = points;
        this.served = served;
        this.commands = commands;
        this.views = views;
        this.clock = clock;
    }

    /// @param secret by which the port has the export; only known now
    public record Made(ExportRow export, Optional<String> secret) {}

    /// @param onPort whether it is to be on the port, too
    /// @param maker whose right it makes use of
    /// @throws CommandRejected if there are too many, or nobody could connect, or the point cannot be read
    public synchronized Made make(InstanceId instance, String point, boolean onPort, Duration idleTime, String maker) {
        requireRoom();
        points.requireOpens(instance, point);
        served.listen();
        ExportId id = newId(instance);
        Optional<String> secret = onPort ? Optional.of(TokenSecret.random().text()) : Optional.empty();
        Terms terms = new Terms(
                instance, point, false, nameOf(instance, id.value()), secret.map(TokenSecret::hash), idleTime, maker);
        commands.send(new CreateExport(id, terms, clock.instant()));
        views.catchUp();
        return new Made(rows.findById(id.value()).orElseThrow(() -> ExportRejection.notFound(id.value())), secret);
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
