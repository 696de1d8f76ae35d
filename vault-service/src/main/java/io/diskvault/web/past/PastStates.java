package io.diskvault.web.past;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.GeneralRejection;
import io.diskvault.platform.AsOf;
import io.diskvault.platform.DatabaseSettings;
import io.diskvault.web.StoredEvents;
import io.micronaut.context.annotation.Value;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The states of the past that were asked about lately. The first question about one replays the events up to it;
/// further ones are answered at once for some minutes.
@Singleton
class PastStates {
    private static final int KEPT_MAX = 8;
    private static final Duration KEPT = Duration.ofMinutes(10);

    /// A request may still read what was asked about so shortly ago.
    private static final Duration IN_USE = Duration.ofSeconds(30);

    /// As times are stored with the events: text of one length, which compares as text.
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private final StoredEvents stored;
    private final PastProjections projections;
    private final Clock clock;
    private final Path directory;
    private final Map<Long, Kept> kept = new HashMap<>();

    private record Kept(PastTables tables, long usedNanos) {
        Duration idle() {
            return Duration.ofNanos(System.nanoTime() - usedNanos);
        }
    }

    PastStates(
            StoredEvents stored,
            PastProjections projections,
            Clock clock,
            DatabaseSettings database,
            @Value("${diskvault.data}") Path data) {
        this.stored = stored;
        this.projections = projections;
        this.clock = clock;
        this.directory = data.resolve("as-of");
        if (database.embedded()) {
            // Nobody else can be alive: a former process left it.
            PastTables.delete(directory);
        }
    }

    /// @throws CommandRejected if the instant has not come yet
    synchronized AsOf at(Instant instant) {
        if (instant.isAfter(clock.instant())) {
            throw GeneralRejection.invalid("asOf is %s, which is still to come.".formatted(instant));
        }
        // The place of the last event of that time: what the projections show is a prefix of history.
        long until = stored.lastPlaceUntil(TIME.format(instant));
        PastTables tables =
                Optional.ofNullable(kept.get(until)).map(Kept::tables).orElseGet(() -> fill(instant, until));
        kept.put(until, new Kept(tables, System.nanoTime()));
        return new AsOf(instant, tables);
    }

    private PastTables fill(Instant instant, long until) {
        makeRoom();
        try {
            PastTables tables = new PastTables(directory);
            try {
                projections.fill(new AsOf(instant, tables), until);
                return tables;
            } catch (InterruptedException stopped) {
                tables.close();
                Thread.currentThread().interrupt();
                throw new IllegalStateException(stopped);
            } catch (RuntimeException failure) {
                tables.close();
                throw failure;
            }
        } catch (IOException | SQLException failure) {
            throw new IllegalStateException("the tables of the past cannot be made in " + directory, failure);
        }
    }

    private void makeRoom() {
        if (kept.size() < KEPT_MAX) {
            return;
        }
        Map.Entry<Long, Kept> oldest = kept.entrySet().stream()
                .max(Comparator.comparing(entry -> entry.getValue().idle()))
                .orElseThrow();
        if (oldest.getValue().idle().compareTo(IN_USE) < 0) {
            throw new CommandRejected(
                    GeneralRejection.TOO_MANY_INSTANTS,
                    "%d other instants are being asked about just now.".formatted(KEPT_MAX));
        }
        close(oldest.getKey());
    }

    private void close(long until) {
        Optional.ofNullable(kept.remove(until)).ifPresent(old -> old.tables().close());
    }

    /// Lets go of what nobody asks about any more.
    @Scheduled(initialDelay = "1m", fixedDelay = "1m")
    synchronized void forget() {
        kept.entrySet().stream()
                .filter(entry -> entry.getValue().idle().compareTo(KEPT) > 0)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::close);
    }

    @PreDestroy
    synchronized void closeAll() {
        kept.values().forEach(old -> old.tables().close());
        kept.clear();
    }
}
