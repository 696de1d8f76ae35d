package io.diskvault.app.remote;

import static io.diskvault.app.remote.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.client.Answer;
import io.diskvault.app.client.ApiPath;
import io.diskvault.app.client.ServerOptions;
import io.diskvault.app.client.VaultServer;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Terminal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// A vault's restore test plan: by it the server restores recovery points by itself, to prove that it can.
@Command(
        name = "test-plan",
        description = "A vault's restore test plan: by it the server restores recovery points by itself into a scratch"
                + " place, compares them with what was backed up, checks them, and keeps the evidence.")
public final class TestPlanCommands {
    private static final List<Column> COLUMNS = List.of(
            text("VAULT", "vault"),
            text("VERSION>", "version"),
            new Column("SCHEDULE", TestPlanCommands::schedule),
            new Column("SHARE", plan -> Json.text(plan, "sharePercent") + " %"),
            text("RECOVERY POINT", "recoveryPoint"),
            text("SCRATCH", "scratchResourceGroup"),
            new Column("CHECKS", TestPlanCommands::checks),
            text("CHECK TIME LIMIT", "checkTimeLimit"),
            text("PROOF AT LEAST EVERY", "maxAge"),
            text("NEXT TESTS", "nextTests"));

    private final Terminal terminal;

    @Spec
    private CommandSpec command = CommandSpec.create();

    TestPlanCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    private static String schedule(JsonNode plan) {
        String zone = Json.text(plan, "schedule/timeZone");
        return Json.text(plan, "schedule/repeatingTimeIntervals/0") + (zone.isEmpty() ? "" : " " + zone);
    }

    private static String checks(JsonNode plan) {
        String script = Json.text(plan, "checks/script");
        return "content"
                + (plan.at("/checks/fileSystem").asBoolean() ? ", file systems" : "")
                + (script.isEmpty() ? "" : ", script " + script);
    }

    @Command(name = "set", description = "Makes a vault's plan, or changes what is named of it.")
    int set(
            @Mixin ServerOptions options,
            @Parameters(paramLabel = "VAULT") String vault,
            @Mixin ScheduleOptions times,
            @Option(
                            names = "--scratch",
                            paramLabel = "GROUP",
                            description = "The resource group in whose directory of disks the copies are made.")
                    Optional<String> scratch,
            @Option(
                            names = "--share",
                            paramLabel = "PERCENT",
                            description =
                                    "How many of the instances are tested at a time, at least one: those whose last"
                                            + " test is longest ago. Unless said otherwise all.")
                    Optional<Integer> share,
            @Option(
                            names = "--point",
                            paramLabel = "WHICH",
                            description = "Latest (unless said otherwise), or Random: any that has not expired.")
                    Optional<String> point,
            @Option(
                            names = "--file-system",
                            negatable = true,
                            fallbackValue = "true",
                            description = "Whether file systems are checked; unless said otherwise they are.")
                    Optional<Boolean> fileSystem,
            @Option(
                            names = "--script",
                            paramLabel = "NAME",
                            description = "One of the server's scripts to run on each copy; none takes it away.")
                    Optional<String> script,
            @Option(
                            names = "--check-time-limit",
                            paramLabel = "DURATION",
                            converter = TimeSpan.Converter.class,
                            description = "How long each check may take: 1h, PT30M; PT10M unless said otherwise.")
                    Optional<TimeSpan> limit,
            @Option(
                            names = "--max-age",
                            paramLabel = "DURATION",
                            converter = RetentionDuration.Converter.class,
                            description = "After how many days without a proof an instance is overdue: 30d unless said"
                                    + " otherwise.")
                    Optional<RetentionDuration> maxAge,
            @Option(
                            names = "--grant-missing",
                            description = "Give the vault's identity the roles that it lacks; you must be allowed to.")
                    boolean grantMissing)
            throws CommandFailed {
        VaultServer server = options.connect(terminal);
        Optional<Answer> current = find(server, vault);
        ObjectNode body = Json.object();
        if (current.isEmpty() && (!times.areGiven() || scratch.isEmpty())) {
            throw wrong("A plan needs --every and --scratch, for example --every weekly --scratch GROUP.");
        }
        times.putSchedule(body, current.map(answer -> answer.body().path("schedule")), Instant.now(), this::wrong);
        current.ifPresent(answer -> keep(answer.body(), body));
        scratch.ifPresent(group -> body.put("scratchResourceGroup", group));
        share.ifPresent(percent -> body.put("sharePercent", percent));
        point.ifPresent(which -> body.put("recoveryPoint", which));
        fileSystem.ifPresent(wanted -> body.withObject("/checks").put("fileSystem", wanted));
        script.ifPresent(name -> body.withObject("/checks").put("script", name.equals("none") ? null : name));
        limit.ifPresent(duration -> body.put("checkTimeLimit", duration.iso()));
        maxAge.ifPresent(duration -> body.put("maxAge", duration.iso()));
        if (grantMissing) body.put("grantMissing", true);
        Optional<String> etag = current.flatMap(Answer::etag);
        Answer answer = etag.isPresent() ? server.put(path(vault), body, etag.get()) : server.put(path(vault), body);
        return new Reply(terminal, options)
                .sentence(
                        answer.body(),
                        "Restores of vault %s are tested by version %s of its plan; next at %s."
                                .formatted(
                                        vault,
                                        Json.text(answer.body(), "version"),
                                        Json.text(answer.body(), "nextTests")));
    }

    private static Optional<Answer> find(VaultServer server, String vault) throws CommandFailed {
        try {
            return Optional.of(server.get(path(vault)));
        } catch (CommandFailed refused) {
            if (refused.code().equals("UserErrorRestoreTestPlanNotFound")) return Optional.empty();
            throw refused;
        }
    }

    /// What a caller may set, of what there is.
    private static void keep(JsonNode current, ObjectNode body) {
        for (String field :
                List.of("scratchResourceGroup", "sharePercent", "recoveryPoint", "checkTimeLimit", "maxAge")) {
            body.set(field, current.path(field));
        }
        ObjectNode checks = body.putObject("checks");
        for (String field : List.of("fileSystem", "script")) {
            checks.set(field, current.path("checks").path(field));
        }
    }

    private ParameterException wrong(String why) {
        return new ParameterException(command.commandLine(), why);
    }

    @Command(name = "show", description = "Shows a vault's plan.")
    int show(@Mixin ServerOptions options, @Parameters(paramLabel = "VAULT") String vault) throws CommandFailed {
        return new Reply(terminal, options)
                .details(options.connect(terminal).get(path(vault)).body(), COLUMNS);
    }

    @Command(name = "delete", description = "Deletes a vault's plan. What was proven stays on record.")
    int delete(@Mixin ServerOptions options, @Parameters(paramLabel = "VAULT") String vault) throws CommandFailed {
        options.connect(terminal).delete(path(vault));
        return new Reply(terminal, options).deleted("restore test plan of vault", vault);
    }

    private static ApiPath path(String vault) {
        return ApiPath.of("backup-vaults", vault, "restore-test-plan");
    }
}
