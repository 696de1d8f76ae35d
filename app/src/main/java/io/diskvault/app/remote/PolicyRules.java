package io.diskvault.app.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.console.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// A policy's rules as the command line says them, and as the server reads them.
public final class PolicyRules {
    @Mixin
    private ScheduleOptions times = new ScheduleOptions();

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
        if (!times.areGiven()) throw wrong("A policy needs --every, for example --every 4h.");
        ObjectNode policy = Json.object();
        times.putSchedule(policy, Optional.empty(), now, this::wrong);
        putRetention(policy, Map.of(KeepRule.DEFAULT, "P7D"));
        return policy;
    }

    /// An existing policy's rules with those changed that the command line names.
    ObjectNode over(JsonNode current, Instant now) {
        ObjectNode policy = Json.object();
        times.putSchedule(policy, Optional.of(current.path("schedule")), now, this::wrong);
        Map<String, String> rules = new LinkedHashMap<>();
        current.path("retention").forEach(rule -> rules.put(Json.text(rule, "tag"), Json.text(rule, "duration")));
        putRetention(policy, rules);
        return policy;
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
