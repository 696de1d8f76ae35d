package io.diskvault.app.remote;

import io.diskvault.app.client.ApiPath;
import io.diskvault.app.client.VaultServer;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import picocli.CommandLine.Parameters;

/// Which recovery point a command is about.
public final class PointArguments {
    @Parameters(index = "0", paramLabel = "VAULT/INSTANCE", converter = QualifiedName.Converter.class)
    private QualifiedName instance = new QualifiedName("", "");

    @Parameters(index = "1", paramLabel = "POINT", description = "Its id, or latest.")
    private String point = "";

    QualifiedName instance() {
        return instance;
    }

    /// As it was given.
    String point() {
        return point;
    }

    /// The id that was given, or that `latest` stands for.
    String id(VaultServer server) throws CommandFailed {
        return idOf(point, instance, server);
    }

    /// Where the server has it, or something of it.
    ApiPath path(VaultServer server, String... more) throws CommandFailed {
        return path(id(server), more);
    }

    ApiPath path(String id, String... more) {
        String[] parts = new String[2 + more.length];
        parts[0] = "recovery-points";
        parts[1] = id;
        System.arraycopy(more, 0, parts, 2, more.length);
        return InstanceCommands.path(instance, parts);
    }

    /// The same for a point that is no parameter.
    static String idOf(String point, QualifiedName instance, VaultServer server) throws CommandFailed {
        if (!point.equals("latest")) return point;
        ApiPath newest = InstanceCommands.path(instance, "recovery-points").with("limit", "1");
        String id = Json.text(server.list(newest, false), "items/0/id");
        if (id.isEmpty()) {
            throw new CommandFailed(
                    "RecoveryPointNotFound",
                    instance + " has no recovery point yet.",
                    "Make one with: diskvault backup " + instance);
        }
        return id;
    }
}
