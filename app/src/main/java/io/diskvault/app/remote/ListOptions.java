package io.diskvault.app.remote;

import io.diskvault.app.client.ApiPath;
import io.diskvault.app.client.VaultServer;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How much of a list is wanted, and how often. The server gives lists in pages, newest first.
public final class ListOptions {
    @Option(names = "--all", description = "List every one, page after page.")
    private boolean all;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many in one page.")
    private Optional<Integer> limit = Optional.empty();

    @Mixin
    private WatchOption watch = new WatchOption();

    Listed of(VaultServer server, ApiPath path) {
        return new Listed(server, path.with("limit", limit.map(String::valueOf)), all, watch.every());
    }
}
