package io.diskvault.app.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.console.Json;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
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
            description = "1h, 2h, 4h, 6h, 8h, 12h or daily.")
    private Optional<BackupFrequency> every = Optional.empty();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "A time of day that it runs at, with its offset: 02:00Z or 02:00+01:00."
                    + " Without it the next full hour, or midnight UTC for daily.")
    private Optional<OffsetTime> at = Optional.empty();

    @Option(
            names = "--starting",
            paramLabel = "INSTANT",
            description = "The first run itself, in place of --at: 2026-11-01T02:00:00+01:00.")
    private Optional<OffsetDateTime> starting = Optional.empty();

    @Option(
            names = "--keep",
            paramLabel = "DURATION",
            converter = RetentionDuration.Converter.class,
            description = "How long recovery points are kept: 7d, 4w, 3m (months), 1y. The newest one always stays.")
    private Optional<RetentionDuration> keep = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /// The rules of a new policy; seven days where nothing else is said.
    ObjectNode complete(Instant now) {
        BackupFrequency frequency = every.orElseThrow(() -> wrong("A policy needs --every, for example --every 4h."));
        ObjectNode policy = Json.object();
        putSchedule(policy, frequency, now);
        putRetention(policy, keep.orElse(new RetentionDuration("P7D")));
        return policy;
    }

    /// An existing policy's rules with those changed that the command line names.
    ObjectNode over(JsonNode current, Instant now) {
        if (every.isEmpty() && (at.isPresent() || starting.isPresent())) throw wrong("A new start needs --every too.");
        ObjectNode policy = Json.object();
        policy.set("schedule", current.path("schedule"));
        policy.set("retention", current.path("retention"));
        every.ifPresent(frequency -> putSchedule(policy, frequency, now));
        keep.ifPresent(duration -> putRetention(policy, duration));
        return policy;
    }

    private void putSchedule(ObjectNode policy, BackupFrequency frequency, Instant now) {
        if (at.isPresent() && starting.isPresent()) throw wrong("Either --at or --starting, not both.");
        String interval = starting.map(frequency::starting)
                .or(() -> at.map(time -> frequency.startingAt(time, now)))
                .orElseGet(() -> frequency.startingNext(now));
        policy.putObject("schedule").putArray("repeatingTimeIntervals").add(interval);
    }

    private static void putRetention(ObjectNode policy, RetentionDuration duration) {
        policy.putArray("retention").addObject().put("tag", "Default").put("duration", duration.iso());
    }

    private ParameterException wrong(String why) {
        return new ParameterException(command.commandLine(), why);
    }
}
