package io.diskvault.engine.nbd;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A disk under a name, until it is closed. Thread-safe.
public final class Export implements AutoCloseable {

    private final String name;
    private final String description;
    private final ExportedDisk disk;
    private final Set<Connection> connections = new HashSet<>();
    private boolean closed;

    /// @param name by which clients ask for it; never logged, because it may be a secret
    /// @param description what it is, for people: clients may show it, and it stands in the log
    /// @param disk is left open when the export is closed; close it afterwards
    public Export(String name, String description, ExportedDisk disk) {
        this.name = name;
        this.description = description;
        this.disk = disk;
    }

    public String name() {
        return name;
    }

    String description() {
        return description;
    }

    ExportedDisk disk() {
        return disk;
    }

    /// How many connections are reading it.
    public synchronized int connections() {
        return connections.size();
    }

    /// Takes a connection in; `false` when the export was closed meanwhile.
    synchronized boolean attach(Connection connection) {
        return !closed && connections.add(connection);
    }

    synchronized void detach(Connection connection) {
        connections.remove(connection);
    }

    /// Ends all its connections, and lets no other one begin. Requests under way may still read the disk.
    @Override
    public void close() {
        for (Connection connection : closing()) {
            connection.close();
        }
    }

    private synchronized List<Connection> closing() {
        closed = true;
        return List.copyOf(connections);
    }
}
