package io.diskvault.app.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.client.ApiPath;
import io.diskvault.app.client.VaultServer;
import io.diskvault.app.console.CommandFailed;
import java.time.Duration;
import java.util.Optional;

/// A list that can be asked for again.
///
/// @param all whether every page is wanted
/// @param every after how long it is asked for again; empty for once
record Listed(VaultServer server, ApiPath path, boolean all, Optional<Duration> every) {
    ObjectNode fetch() throws CommandFailed {
        return server.list(path, all);
    }
}
