package io.diskvault.app.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.console.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What becomes of a vault's instances when they are deleted, and whether they can be before their time.
final class VaultSettings {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by the command line
    private CommandSpec command;

    @Option(
            names = "--soft-delete",
            paramLabel = "STATE",
            description = "On: deleted instances can be had back for some days; Off: they go at once; AlwaysOn: on, and"
                    + " nobody can switch it off. Stays as it is if not given; On in a new vault.")
    private @Nullable String state;

    @Option(names = "--soft-delete-days", paramLabel = "DAYS", description = "How long; 14 to 180, 14 if not given.")
    private @Nullable Integer days;

    @Option(
            names = "--immutability",
            paramLabel = "STATE",
            description =
                    "Unlocked: no recovery point can be given up before its time; Locked, after that: the same, for"
                            + " ever; Disabled. Stays as it is if not given.")
    private @Nullable String immutability;

    /// What to send, with nothing in it that was not said.
    ObjectNode body() {
        if (state == null && days != null) {
            throw new ParameterException(
                    command.commandLine(), "--soft-delete-days needs --soft-delete, too: On, Off or AlwaysOn.");
        }
        ObjectNode body = Json.object();
        if (state != null) {
            ObjectNode setting = body.putObject("softDelete").put("state", state);
            if (days != null) setting.put("retentionDays", days);
        }
        if (immutability != null) body.put("immutability", immutability);
        return body;
    }
}
