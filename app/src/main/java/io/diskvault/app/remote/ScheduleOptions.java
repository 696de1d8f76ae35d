package io.diskvault.app.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.console.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/// When something runs again and again, as the command line says it, and as the server reads it.
public final class ScheduleOptions {
    @Option(
            names = "--every",
            paramLabel = "FREQUENCY",
            converter = BackupFrequency.Converter.class,
            description = "1h, 2h, 4h, 6h, 8h, 12h, daily or weekly.")
    private Optional<BackupFrequency> every = Optional.empty();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = TimeOfDay.Converter.class,
            description = "A time of day that it runs at, with its offset: 02:00Z or 02:00+01:00; with --zone, as that"
                    + " zone's clock shows it: 02:00. Without it the next full hour, or midnight for daily and weekly.")
    private Optional<TimeOfDay> at = Optional.empty();

    @Option(
            names = "--starting",
            paramLabel = "INSTANT",
            description = "The first run itself, in place of --at: 2026-11-01T02:00:00+01:00.")
    private Optional<OffsetDateTime> starting = Optional.empty();

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description =
                    "Whose clock daily and weekly runs follow, and in whose calendar days, weeks, months and years"
                            + " begin: Europe/Amsterdam. Without it those of UTC.")
    private Optional<String> zone = Optional.empty();

    /// Whether a schedule was named.
    boolean areGiven() {
        return every.isPresent();
    }

    /// Puts the schedule that the command line names.
    ///
    /// @param current what there is; stays as far as nothing else is said
    /// @param wrong what to throw at contradictions
    void putSchedule(
            ObjectNode into, Optional<JsonNode> current, Instant now, Function<String, RuntimeException> wrong) {
        if (every.isEmpty() && (at.isPresent() || starting.isPresent())) {
            throw wrong.apply("A new start needs --every too.");
        }
        ObjectNode schedule = current.<ObjectNode>map(JsonNode::deepCopy).orElseGet(Json::object);
        into.set("schedule", schedule);
        Optional<String> region =
                zone.or(() -> Optional.of(Json.text(schedule, "timeZone")).filter(text -> !text.isEmpty()));
        every.ifPresent(
                frequency -> schedule.putArray("repeatingTimeIntervals").add(interval(frequency, region, now, wrong)));
        zone.ifPresent(changed -> schedule.put("timeZone", changed));
    }

    private String interval(
            BackupFrequency frequency, Optional<String> region, Instant now, Function<String, RuntimeException> wrong) {
        if (at.isPresent() && starting.isPresent()) throw wrong.apply("Either --at or --starting, not both.");
        Optional<ZoneId> where = region.map(name -> zoneOf(name, wrong));
        return starting.map(frequency::starting)
                .or(() -> at.map(time -> frequency.startingAt(time.time(), placeOf(time, where, wrong), now)))
                .orElseGet(() -> frequency.startingNext(where.orElse(ZoneOffset.UTC), now));
    }

    private static ZoneId placeOf(TimeOfDay time, Optional<ZoneId> where, Function<String, RuntimeException> wrong) {
        return time.where(where).orElseThrow(() -> wrong.apply("--at needs an offset, as in 02:00Z, or a --zone."));
    }

    private static ZoneId zoneOf(String region, Function<String, RuntimeException> wrong) {
        try {
            return ZoneId.of(region);
        } catch (DateTimeException unknown) {
            throw wrong.apply("'" + region + "' is no time zone: say for example Europe/Amsterdam.");
        }
    }
}
