package io.diskvault.app.datastore;

import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Terminal;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.PointListing;
import io.diskvault.engine.datastore.RecoveryPoint;
import java.io.IOException;
import java.util.List;

/// Recovery points as people name them.
final class PointChoice {
    private PointChoice() {}

    /// What can be read. A damaged record must not keep people from the others: they may be all that is left.
    static List<RecoveryPoint> readable(Terminal terminal, Datastore datastore) throws IOException {
        PointListing listing = datastore.listPoints();
        listing.unreadable().forEach(damage -> terminal.note("Warning: " + damage.getMessage()));
        return listing.points();
    }

    /// @param id of the recovery point, or `latest`
    static RecoveryPoint find(Terminal terminal, Datastore datastore, String name, String id)
            throws CommandFailed, IOException {
        return readable(terminal, datastore).stream()
                .filter(point -> point.disk().equals(name))
                .filter(point -> id.equals("latest") || point.id().value().equals(id))
                .findFirst()
                .orElseThrow(() -> new CommandFailed(
                        "RecoveryPointNotFound",
                        id.equals("latest")
                                ? name + " has no recovery point."
                                : name + " has no recovery point " + id + ".",
                        "List them with: diskvault datastore points"));
    }
}
