package io.diskvault.export;

import io.diskvault.access.TokenSecret;
import io.diskvault.command.CommandRejected;
import io.diskvault.engine.nbd.Export;
import io.diskvault.engine.nbd.Exports;
import io.diskvault.export.view.ExportRow;
import io.diskvault.export.view.ExportRows;
import io.diskvault.link.SecretDisks;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves the active exports: on the socket to whoever can connect there, and on the port to whoever has a secret.
///
/// A point is opened when the first client comes, and closed some seconds after the last one has gone: the instance
/// keeps it all the time, so it can be opened again.
@Singleton
public class ServedExports implements SecretDisks {
    private static final Logger LOG = LoggerFactory.getLogger(ServedExports.class);

    private final ExportRows rows;
    private final ExportedPoints points;
    private final OpenExports open;
    private final ExportSocket socket;
    private final Exports onSocket = new Exports() {
        @Override
        public List<String> listed() {
            return rows.active().stream().map(ExportRow::name).toList();
        }

        @Override
        public Optional<Export> find(String name) {
            return rows.activeByName(name).flatMap(ServedExports.this::admit);
        }
    };

    ServedExports(ExportRows rows, ExportedPoints points, OpenExports open, ExportSocket socket) {
        this.rows = rows;
        this.points = points;
        this.open = open;
        this.socket = socket;
    }

    /// Makes sure that exports can be connected to.
    ///
    /// @throws CommandRejected if they cannot
    public void listen() {
        socket.open(onSocket);
    }

    /// What a client needs to attach an export over the socket; empty if there is none.
    public Optional<URI> uri(ExportRow export) {
        return export.isActive() ? socket.uri(export.name()) : Optional.empty();
    }

    /// How many clients this server has for an export.
    public int connections(UUID export) {
        return open.find(export).map(ServedExport::connections).orElse(0);
    }

    /// How much was written to an export, in whole blocks; empty if that cannot be found out.
    public OptionalLong changedBytes(ExportRow export) {
        return open.changedBytes(export);
    }

    @Override
    public Optional<Export> bySecret(String secret) {
        return rows.activeByHash(TokenSecret.hash(secret)).flatMap(this::admit);
    }

    private Optional<Export> admit(ExportRow row) {
        try {
            if (!row.isServed() || !points.isAllowed(row)) {
                LOG.info(
                        "A client was not given the export {}: it is being kept, or its maker lost the right.",
                        row.id());
                return Optional.empty();
            }
            points.require(row.instanceId(), row.recoveryPoint());
            ServedExport served = open.get(row);
            served.connecting();
            return Optional.of(served.export());
        } catch (CommandRejected refused) {
            LOG.info("A client was not given the export {}: {}", row.id(), refused.getMessage());
            return Optional.empty();
        }
    }

    /// Ends the connections to an export.
    public void close(UUID export) {
        open.close(export);
    }
}
