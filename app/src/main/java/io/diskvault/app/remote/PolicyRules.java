package io.diskvault.app.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.console.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// A policy's rules as the command line says them, and as the server reads them.
public final class PolicyRules {
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

    @Option(
            names = "--keep",
            paramLabel = "[TAG=]DURATION",
            converter = KeepRule.Converter.class,
            description = "How long recovery points are kept: 7d, 4w, 3m (months), 1y. The newest one always stays."
                    + " With Daily=, Weekly=, Monthly= or Yearly= the first successful one of each day, week, month or"
                    + " year; none gives such a rule up. May be repeated.")
    private List<KeepRule> keep = List.of();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /// The rules of a new policy; seven days where nothing else is said.
    ObjectNode complete(Instant now) {
        BackupFrequency frequency = every.orElseThrow(() -> wrong("A policy needs --every, for example --every 4h."));
        ObjectNode policy = Json.object();
        putSchedule(policy, frequency, zone, now);
        putRetention(policy, Map.of(KeepRule.DEFAULT, "P7D"));
        return policy;
    }

    /// An existing policy's rules with those changed that the command line names.
    ObjectNode over(JsonNode current, Instant now) {
        if (every.isEmpty() && (at.isPresent() || starting.isPresent())) throw wrong("A new start needs --every too.");
        ObjectNode policy = Json.object();
        ObjectNode schedule = current.path("schedule").deepCopy();
        policy.set("schedule", schedule);
        zone.ifPresent(changed -> schedule.put("timeZone", changed));
        Optional<String> where = Optional.of(Json.text(schedule, "timeZone")).filter(text -> !text.isEmpty());
        every.ifPresent(frequency -> putSchedule(policy, frequency, where, now));
        Map<String, String> rules = new LinkedHashMap<>();
        current.path("retention").forEach(rule -> rules.put(Json.text(rule, "tag"), Json.text(rule, "duration")));
        putRetention(policy, rules);
        return policy;
    }

    private void putSchedule(ObjectNode policy, BackupFrequency frequency, Optional<String> region, Instant now) {
        if (at.isPresent() && starting.isPresent()) throw wrong("Either --at or --starting, not both.");
        Optional<ZoneId> where = region.map(this::zoneOf);
        String interval = starting.map(frequency::starting)
                .or(() -> at.map(time -> frequency.startingAt(time.time(), placeOf(time, where), now)))
                .orElseGet(() -> frequency.startingNext(where.orElse(ZoneOffset.UTC), now));
        ObjectNode schedule = policy.putObject("schedule");
        schedule.putArray("repeatingTimeIntervals").add(interval);
        region.ifPresent(name -> schedule.put("timeZone", name));
    }

    private ZoneId placeOf(TimeOfDay time, Optional<ZoneId> where) {
        return time.where(where).orElseThrow(() -> wrong("--at needs an offset, as in 02:00Z, or a --zone."));
    }

    private ZoneId zoneOf(String region) {
        try {
            return ZoneId.of(region);
        } catch (DateTimeException unknown) {
            throw wrong("'" + region + "' is no time zone: say for example Europe/Amsterdam.");
        }
    }

    private void putRetention(ObjectNode policy, Map<String, String> current) {
        Map<String, String> rules = new LinkedHashMap<>(current);
        for (KeepRule rule : keep) {
            rule.duration()
                    .ifPresentOrElse(duration -> rules.put(rule.tag(), duration.iso()), () -> rules.remove(rule.tag()));
        }
        ArrayNode retention = policy.putArray("retention");
        rules.forEach((tag, duration) -> retention.addObject().put("tag", tag).put("duration", duration));
    }

    private ParameterException wrong(String why) {
        return new ParameterException(command.commandLine(), why);
    }
}
