package io.diskvault.app.remote;

import static io.diskvault.app.remote.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.client.Answer;
import io.diskvault.app.client.ApiPath;
import io.diskvault.app.client.ServerOptions;
import io.diskvault.app.client.VaultServer;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Terminal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Backup instances: one disk protected by one policy.
@Command(name = "instance", description = "Backup instances: one disk protected by one policy in one vault.")
public final class InstanceCommands {
    static final Column NAME =
            new Column("INSTANCE", instance -> Json.text(instance, "vault") + "/" + Json.text(instance, "name"));

    private static final List<Column> COLUMNS = Stream.concat(
                    InstanceListCommand.COLUMNS.stream(),
                    Stream.of(
                            text("WHY", "health/reason"),
                            text("WHAT TO DO", "health/recommendedAction"),
                            text("LASTING", "health/persistence")))
            .toList();

    private static final List<Column> DELETED_COLUMNS = List.of(
            NAME,
            text("DISK", "disk"),
            text("DELETED", "deletedTime"),
            text("PURGED AT", "purgeTime"),
            text("LATEST RECOVERY POINT", "latestRecoveryPoint/snapshotTime"));

    private static final List<Column> PLAN_COLUMNS = List.of(
            text("RECOVERY POINT", "point"),
            text("SNAPSHOT TIME", "snapshotTime"),
            text("EXPIRES", "expiryTime"),
            text("FATE", "fate"),
            text("WHY", "why"));

    private final Terminal terminal;

    private InstanceCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    /// These commands, and those with a class of their own.
    public static CommandLine commandLine(Terminal terminal) {
        return new CommandLine(new InstanceCommands(terminal))
                .addSubcommand(new InstanceListCommand(terminal))
                .addSubcommand(new InstanceStorageCommand(terminal))
                .addSubcommand(new SlotsCommand(terminal))
                .addSubcommand(new GapsCommand(terminal))
                .addSubcommand(new RestoreTestCommands(terminal));
    }

    @Command(name = "configure", description = "Protects a disk, or changes how it is protected.")
    int configure(
            @Mixin ServerOptions options,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--vault", required = true, paramLabel = "VAULT") String vault,
            @Option(names = "--disk", required = true, paramLabel = "GROUP/DISK") String disk,
            @Option(names = "--policy", required = true, paramLabel = "POLICY") String policy,
            @Option(
                            names = "--snapshots",
                            required = true,
                            paramLabel = "GROUP",
                            description = "The resource group whose datastore keeps the snapshots.")
                    String snapshots,
            @Option(
                            names = "--grant-missing",
                            description = "Give the vault's identity the roles that it lacks; you must be allowed to.")
                    boolean grantMissing)
            throws CommandFailed {
        ObjectNode body = protection(disk, policy, snapshots);
        if (grantMissing) body.put("grantMissing", true);
        ApiPath path = path(new QualifiedName(vault, name));
        return new Reply(terminal, options)
                .sentence(
                        options.connect(terminal).put(path, body).body(),
                        "Disk " + disk + " is protected by policy " + policy + " as " + vault + "/" + name + ".");
    }

    @Command(name = "show", description = "Shows an instance.")
    int show(
            @Mixin ServerOptions options,
            @Mixin AsOfOption asOf,
            @Parameters(paramLabel = "VAULT/INSTANCE", converter = QualifiedName.Converter.class)
                    QualifiedName instance)
            throws CommandFailed {
        return new Reply(terminal, options)
                .details(options.connect(terminal).get(asOf.in(path(instance))).body(), COLUMNS);
    }

    @Command(name = "stop", description = "Stops backups and expiry: every recovery point stays for ever.")
    int stop(
            @Mixin ServerOptions options,
            @Parameters(paramLabel = "VAULT/INSTANCE", converter = QualifiedName.Converter.class)
                    QualifiedName instance)
            throws CommandFailed {
        return order(options, instance, "stop-protection", " takes no more backups, and everything is kept.");
    }

    @Command(name = "suspend", description = "Stops backups; expiry goes on, and the newest recovery point stays.")
    int suspend(
            @Mixin ServerOptions options,
            @Parameters(paramLabel = "VAULT/INSTANCE", converter = QualifiedName.Converter.class)
                    QualifiedName instance)
            throws CommandFailed {
        return order(options, instance, "suspend-backups", " takes no more backups; expiry goes on.");
    }

    @Command(name = "resume", description = "Lets backups and expiry go on after a stop or a suspension.")
    int resume(
            @Mixin ServerOptions options,
            @Parameters(paramLabel = "VAULT/INSTANCE", converter = QualifiedName.Converter.class)
                    QualifiedName instance)
            throws CommandFailed {
        return order(options, instance, "resume-protection", " is protected again.");
    }

    private int order(ServerOptions options, QualifiedName instance, String order, String sentence)
            throws CommandFailed {
        Answer answer = options.connect(terminal).post(path(instance, order), Json.object());
        return new Reply(terminal, options).sentence(answer.body(), instance + sentence);
    }

    @Command(
            name = "delete",
            description =
                    "Stops protecting a disk and removes its recovery points; in a vault with soft delete not before"
                            + " the days of the vault are over.")
    int delete(
            @Mixin ServerOptions options,
            @Parameters(paramLabel = "VAULT/INSTANCE", converter = QualifiedName.Converter.class)
                    QualifiedName instance)
            throws CommandFailed {
        VaultServer server = options.connect(terminal);
        server.delete(path(instance));
        String purgeTime = server.find(path(instance))
                .map(kept -> Json.text(kept.body(), "purgeTime"))
                .orElse("");
        Reply reply = new Reply(terminal, options);
        return purgeTime.isEmpty()
                ? reply.deleted("instance", instance.toString())
                : reply.sentence(
                        Json.object()
                                .put("deleted", true)
                                .put("kind", "instance")
                                .put("name", instance.toString())
                                .put("purgeTime", purgeTime),
                        "Deleted instance " + instance + ". It can be had back until " + purgeTime
                                + " with: diskvault instance undelete " + instance);
    }

    @Command(name = "deleted", description = "Lists a vault's deleted instances that can be had back.")
    int deleted(
            @Mixin ServerOptions options,
            @Mixin ListOptions page,
            @Option(names = "--vault", required = true, paramLabel = "VAULT") String vault)
            throws CommandFailed {
        return new Reply(terminal, options)
                .list(
                        page.of(
                                options.connect(terminal),
                                ApiPath.of("backup-vaults", vault, "deleted-backup-instances")),
                        "No deleted instances.",
                        DELETED_COLUMNS);
    }

    @Command(name = "undelete", description = "Takes a deletion back; protection is stopped then.")
    int undelete(
            @Mixin ServerOptions options,
            @Parameters(paramLabel = "VAULT/INSTANCE", converter = QualifiedName.Converter.class)
                    QualifiedName instance)
            throws CommandFailed {
        Answer answer = options.connect(terminal).post(deletedPath(instance, "undelete"), Json.object());
        return new Reply(terminal, options)
                .sentence(
                        answer.body(),
                        instance + " is back, and stopped. Go on with: diskvault instance resume " + instance);
    }

    @Command(name = "purge", description = "Removes a deleted instance and its recovery points for good, now.")
    int purge(
            @Mixin ServerOptions options,
            @Parameters(paramLabel = "VAULT/INSTANCE", converter = QualifiedName.Converter.class)
                    QualifiedName instance)
            throws CommandFailed {
        options.connect(terminal).delete(deletedPath(instance));
        return new Reply(terminal, options).deleted("instance", instance + " for good");
    }

    @Command(name = "validate", description = "Says everything that stands against protecting a disk.")
    int validate(
            @Mixin ServerOptions options,
            @Option(names = "--vault", required = true, paramLabel = "VAULT") String vault,
            @Option(names = "--disk", required = true, paramLabel = "GROUP/DISK") String disk,
            @Option(names = "--policy", required = true, paramLabel = "POLICY") String policy,
            @Option(names = "--snapshots", required = true, paramLabel = "GROUP") String snapshots)
            throws CommandFailed {
        ObjectNode body = protection(disk, policy, snapshots);
        JsonNode outcome = options.connect(terminal)
                .post(ApiPath.of("backup-vaults", vault, "validate-for-backup"), body)
                .body();
        return new CheckReply(terminal, options).shown(outcome, "Disk " + disk + " can be protected.");
    }

    @Command(
            name = "expiry-plan",
            description = "Says which recovery points expiry would remove, and what keeps the rest.")
    int expiryPlan(
            @Mixin ServerOptions options,
            @Parameters(paramLabel = "VAULT/INSTANCE", converter = QualifiedName.Converter.class)
                    QualifiedName instance,
            @Option(names = "--at", paramLabel = "INSTANT", description = "At another time than now.")
                    Optional<String> at)
            throws CommandFailed {
        JsonNode plan = options.connect(terminal)
                .get(path(instance, "expiry-plan").with("at", at))
                .body();
        Reply reply = new Reply(terminal, options);
        if (options.json()) return reply.sentence(plan, "");
        ObjectNode rows = Json.object();
        ArrayNode items = rows.putArray("items");
        plan.path("expiring").forEach(entry -> items.add(((ObjectNode) entry.deepCopy()).put("fate", "goes")));
        plan.path("staying").forEach(entry -> items.add(((ObjectNode) entry.deepCopy()).put("fate", "stays")));
        return reply.list(rows, "No recovery points.", PLAN_COLUMNS);
    }

    private static ObjectNode protection(String disk, String policy, String snapshots) {
        return Json.object().put("disk", disk).put("policy", policy).put("snapshotResourceGroup", snapshots);
    }

    static ApiPath path(QualifiedName instance, String... more) {
        return path("backup-instances", instance, more);
    }

    private static ApiPath deletedPath(QualifiedName instance, String... more) {
        return path("deleted-backup-instances", instance, more);
    }

    private static ApiPath path(String collection, QualifiedName instance, String... more) {
        return ApiPath.of(Stream.concat(
                        Stream.of("backup-vaults", instance.scope(), collection, instance.name()), Stream.of(more))
                .toArray(String[]::new));
    }
}
