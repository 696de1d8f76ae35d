package io.diskvault.app.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.client.ApiPath;
import io.diskvault.app.client.VaultServer;
import io.diskvault.app.console.CommandFailed;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How much of a list is wanted. The server gives lists in pages, newest first.
public final class ListOptions {
    @Option(names = "--all", description = "List every one, page after page.")
    private boolean all;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many in one page.")
    private Optional<Integer> limit = Optional.empty();

    ObjectNode of(VaultServer server, ApiPath path) throws CommandFailed {
        return server.list(path.with("limit", limit.map(String::valueOf)), all);
    }
}
