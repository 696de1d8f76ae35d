package io.diskvault.app.remote;

import static io.diskvault.app.remote.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.app.client.Answer;
import io.diskvault.app.client.ApiPath;
import io.diskvault.app.client.ServerOptions;
import io.diskvault.app.client.VaultServer;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Terminal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Backup policies: when disks are backed up, and how long their recovery points are kept.
@Command(name = "policy", description = "Backup policies: when to back up, and how long to keep.")
public final class PolicyCommands {
    private static final List<Column> COLUMNS = List.of(
            text("NAME", "name"),
            text("VERSION>", "version"),
            new Column("SCHEDULE", PolicyCommands::schedule),
            new Column("KEEP", PolicyCommands::retention),
            text("PEAK>", "peak/livePoints"));

    private final Terminal terminal;

    public PolicyCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(name = "create", description = "Makes a policy.")
    int create(
            @Mixin ServerOptions options,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--vault", required = true, paramLabel = "VAULT") String vault,
            @Mixin PolicyRules rules)
            throws CommandFailed {
        Answer answer = options.connect(terminal).put(path(vault, name), rules.complete(Instant.now()));
        String verb = answer.created() ? "Made" : "There already is";
        return new Reply(terminal, options)
                .sentence(
                        answer.body(), verb + " policy " + name + " in vault " + vault + ": " + summary(answer.body()));
    }

    @Command(
            name = "change",
            description = "Makes a new version of a policy. It counts for recovery points made from now on.")
    int change(
            @Mixin ServerOptions options,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--vault", required = true, paramLabel = "VAULT") String vault,
            @Mixin PolicyRules rules)
            throws CommandFailed {
        VaultServer server = options.connect(terminal);
        Answer current = server.get(path(vault, name));
        String etag = current.etag()
                .orElseThrow(() -> new CommandFailed("UnexpectedAnswer", "The policy came without a version."));
        Answer changed = server.put(path(vault, name), rules.over(current.body(), Instant.now()), etag);
        return new Reply(terminal, options)
                .sentence(
                        changed.body(),
                        "Changed policy " + name + " in vault " + vault + ": " + summary(changed.body()));
    }

    @Command(name = "list", description = "Lists a vault's policies.")
    int list(
            @Mixin ServerOptions options,
            @Mixin ListOptions page,
            @Mixin AsOfOption asOf,
            @Option(names = "--vault", required = true, paramLabel = "VAULT") String vault)
            throws CommandFailed {
        Listed list =
                page.of(options.connect(terminal), asOf.in(ApiPath.of("backup-vaults", vault, "backup-policies")));
        return new Reply(terminal, options)
                .list(
                        list,
                        "No policies yet. Make one with: diskvault policy create NAME --vault " + vault + " --every 4h",
                        COLUMNS);
    }

    @Command(name = "show", description = "Shows a policy.")
    int show(
            @Mixin ServerOptions options,
            @Mixin AsOfOption asOf,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--vault", required = true, paramLabel = "VAULT") String vault)
            throws CommandFailed {
        return new Reply(terminal, options)
                .details(
                        options.connect(terminal)
                                .get(asOf.in(path(vault, name)))
                                .body(),
                        COLUMNS);
    }

    @Command(name = "delete", description = "Deletes a policy that protects no disk.")
    int delete(
            @Mixin ServerOptions options,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--vault", required = true, paramLabel = "VAULT") String vault)
            throws CommandFailed {
        options.connect(terminal).delete(path(vault, name));
        return new Reply(terminal, options).deleted("policy", name);
    }

    @Command(name = "forecast", description = "Tells which recovery points there will be on a date if nothing fails.")
    int forecast(
            @Mixin ServerOptions options,
            @Parameters(paramLabel = "VAULT/POLICY", converter = QualifiedName.Converter.class) QualifiedName policy,
            @Option(
                            names = "--on",
                            required = true,
                            paramLabel = "DATE",
                            description = "2027-01-31: the end of that day.")
                    LocalDate on,
            @Option(
                            names = "--from",
                            paramLabel = "INSTANT",
                            description = "When an instance begins to follow the policy; now if not said.")
                    Optional<OffsetDateTime> from,
            @Option(
                            names = "--instance",
                            paramLabel = "INSTANCE",
                            description =
                                    "One that follows it: which of the points that it has now will be there still.")
                    Optional<String> instance)
            throws CommandFailed {
        VaultServer server = options.connect(terminal);
        String zone = Json.text(server.get(path(policy.scope(), policy.name())).body(), "schedule/timeZone");
        JsonNode forecast = server.get(ApiPath.of(
                                "backup-vaults", policy.scope(), "backup-policies", policy.name(), "forecast")
                        .with("on", on.toString())
                        .with("from", from.map(start -> start.toInstant().toString()))
                        .with("instance", instance))
                .body();
        return new ForecastReply(terminal, options).print(forecast, ZoneId.of(zone.isEmpty() ? "UTC" : zone));
    }

    private static String summary(JsonNode policy) {
        return schedule(policy) + ", kept for " + retention(policy) + peak(policy) + ".";
    }

    private static String schedule(JsonNode policy) {
        String zone = Json.text(policy, "schedule/timeZone");
        return joined(policy.at("/schedule/repeatingTimeIntervals"), JsonNode::asText)
                + (zone.isEmpty() ? "" : " " + zone);
    }

    private static String retention(JsonNode policy) {
        return joined(policy.at("/retention"), rule -> {
            String tag = Json.text(rule, "tag");
            return (tag.equals(KeepRule.DEFAULT) ? "" : tag + " ") + Json.text(rule, "duration");
        });
    }

    private static String peak(JsonNode policy) {
        String peak = Json.text(policy, "peak/livePoints");
        String before = Json.text(policy, "peakBefore/livePoints");
        return peak.isEmpty()
                ? ""
                : "; at most " + peak + " recovery points of a disk"
                        + (before.isEmpty() ? "" : " (before: " + before + ")");
    }

    private static String joined(JsonNode array, Function<JsonNode, String> text) {
        return StreamSupport.stream(array.spliterator(), false).map(text).collect(Collectors.joining(", "));
    }

    private static ApiPath path(String vault, String policy) {
        return ApiPath.of("backup-vaults", vault, "backup-policies", policy);
    }
}
