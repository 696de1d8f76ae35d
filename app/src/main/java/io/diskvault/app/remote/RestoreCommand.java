package io.diskvault.app.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.client.JobWatch;
import io.diskvault.app.client.ServerOptions;
import io.diskvault.app.client.VaultServer;
import io.diskvault.app.client.WaitingNotice;
import io.diskvault.app.console.ByteSize;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.FormatOption;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Terminal;
import io.diskvault.engine.source.DiskFormat;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes a disk from a recovery point again: a new one, or in the place of one that is there.
@Command(
        name = "restore",
        description = "Makes a new disk from a recovery point, or writes it over a disk that is there: the original one"
                + " or another. Nothing is written over that was not named twice.")
public final class RestoreCommand implements Callable<Integer> {
    private static final String NOT_CONFIRMED = "UserErrorOverwriteNotConfirmed";

    private final Terminal terminal;

    @Mixin
    private ServerOptions options = new ServerOptions();

    @Parameters(paramLabel = "VAULT/INSTANCE", converter = QualifiedName.Converter.class)
    private QualifiedName instance = new QualifiedName("", "");

    @Option(names = "--point", required = true, paramLabel = "ID", description = "The recovery point, or latest.")
    private String point = "";

    @ArgGroup(multiplicity = "1")
    private Target target = new Target();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = FormatOption.Converter.class,
            description =
                    "What a new disk is made in: raw (if not given), vhd (dynamic), vhd-fixed, qcow2, vmdk, vhdx or"
                            + " vdi.")
    private Optional<DiskFormat> format = Optional.empty();

    @Option(
            names = "--overwrite",
            description =
                    "The disk that --to names is there: write over it, only what differs from the recovery point.")
    private boolean overwrite;

    @Option(
            names = "--confirm",
            paramLabel = "GROUP/DISK",
            description = "The disk that is written over, once more. Without it you are asked, if there is a terminal.")
    private Optional<String> confirm = Optional.empty();

    @Option(
            names = "--continue-on-damage",
            description =
                    "If parts of the recovery point are damaged, restore the rest and say which parts are missing.")
    private boolean continueOnDamage;

    @Option(
            names = "--grant-missing",
            description = "Give the vault's identity the roles that it lacks; you must be allowed to.")
    private boolean grantMissing;

    @Option(names = "--validate", description = "Change nothing; say everything that stands against it.")
    private boolean validate;

    @Option(names = "--no-wait", description = "Only start it, and print the job.")
    private boolean noWait;

    public RestoreCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /// Where to: one of them.
    static final class Target {
        @Option(
                names = "--to",
                required = true,
                paramLabel = "GROUP/DISK",
                converter = QualifiedName.Converter.class,
                description = "The resource group and the name of the disk: a new one, or with --overwrite one that is"
                        + " there.")
        private Optional<QualifiedName> disk = Optional.empty();

        @Option(
                names = "--original",
                required = true,
                description = "The disk that the instance protects: write over it, only what differs.")
        private boolean original;

        @Override
        public String toString() {
            return disk.map(QualifiedName::toString).orElse("the original disk");
        }
    }

    @Override
    public Integer call() throws CommandFailed {
        VaultServer server = options.connect(terminal);
        if (validate) {
            return new CheckReply(terminal, options)
                    .shown(
                            server.post(InstanceCommands.path(instance, "validate-for-restore"), body(point, confirm))
                                    .body(),
                            instance + " can be restored to " + target + ".");
        }
        JsonNode job = started(server, PointArguments.idOf(point, instance, server));
        String id = Json.text(job, "id");
        String disk = nameOf(job);
        if (noWait) return new Reply(terminal, options).sentence(job, "Job " + id + " restores to " + disk + ".");
        JsonNode ended;
        try (WaitingNotice _ = new WaitingNotice(terminal, id)) {
            ended = new JobWatch(server, terminal).untilEnd(id, "Restoring to " + disk);
        }
        return new JobReply(terminal, options)
                .ended(ended, "Restored " + instance + " to disk " + disk + "." + measured(ended));
    }

    /// The server knows which the original disk is.
    private String nameOf(JsonNode job) {
        return target.disk
                .map(QualifiedName::toString)
                .orElseGet(() -> Json.text(job, "target/resourceGroup") + "/" + Json.text(job, "target/diskName"));
    }

    private JsonNode started(VaultServer server, String id) throws CommandFailed {
        try {
            return start(server, body(id, confirm));
        } catch (CommandFailed refused) {
            if (!refused.code().equals(NOT_CONFIRMED) || confirm.isPresent() || !terminal.interactive()) throw refused;
            return start(server, body(id, Optional.of(asked(refused))));
        }
    }

    private JsonNode start(VaultServer server, ObjectNode body) throws CommandFailed {
        return server.post(InstanceCommands.path(instance, "restores"), body).body();
    }

    /// What the person types who has read what would be lost; the server compares it.
    private String asked(CommandFailed refused) throws CommandFailed {
        terminal.note(refused.message());
        return terminal.secretPrompt()
                .askOpenly("Type the name of the disk (GROUP/DISK) to go on: ")
                .map(String::strip)
                .orElseThrow(() -> refused);
    }

    private ObjectNode body(String id, Optional<String> confirmed) {
        ObjectNode body = Json.object().put("recoveryPoint", id);
        if (continueOnDamage) body.put("continueOnDamage", true);
        ObjectNode to = body.putObject("target");
        target.disk.ifPresent(disk -> to.put("resourceGroup", disk.scope()).put("diskName", disk.name()));
        format.ifPresent(given -> to.put("format", given.text()));
        if (target.original) to.put("originalDisk", true);
        if (overwrite) to.put("overwrite", true);
        confirmed.ifPresent(name -> to.put("confirm", name));
        if (grantMissing) to.put("grantMissing", true);
        return body;
    }

    private static String measured(JsonNode job) {
        JsonNode restored = job.path("restored");
        if (!restored.isObject()) return "";
        String written = ByteSize.of(restored.path("writtenBytes").asLong());
        long kept = restored.path("keptBytes").asLong();
        if (kept == 0) return " " + written + " were written.";
        boolean resumed = !job.path("target").path("overwrite").asBoolean();
        return " " + written + " were written; " + ByteSize.of(kept)
                + (resumed ? " were there from an attempt that was cut off." : " were right already.");
    }
}
