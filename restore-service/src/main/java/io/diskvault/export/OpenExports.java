package io.diskvault.export;

import io.diskvault.command.CommandRejected;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.PointDisk;
import io.diskvault.engine.datastore.PointOverlay;
import io.diskvault.export.view.ExportRow;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The exports that are open, and how much was written to them and to those that are not.
@Singleton
class OpenExports {
    private static final Logger LOG = LoggerFactory.getLogger(OpenExports.class);

    private final ExportedPoints points;
    private final ExportOverlays overlays;
    private final Map<UUID, ServedExport> open = new HashMap<>();

    /// Of exports that are not open; only what was looked at.
    private final Map<UUID, Long> changed = new HashMap<>();

    /// Those that are read by somebody else, so that nobody may open them. Guarded by `moving`.
    private final Set<UUID> reserved = new HashSet<>();

    /// Held while one is opened or closed, which may take a while: an overlay is open once at a time. Taken before
    /// this object's own lock.
    private final Object moving = new Object();

    OpenExports(ExportedPoints points, ExportOverlays overlays) {
        this.points = points;
        this.overlays = overlays;
    }

    /// An export, opened if it is not.
    ///
    /// @throws CommandRejected if it cannot be read
    ServedExport get(ExportRow row) {
        Optional<ServedExport> known = find(row.id());
        return known.isPresent() ? known.get() : opened(row);
    }

    synchronized Optional<ServedExport> find(UUID export) {
        return Optional.ofNullable(open.get(export));
    }

    private ServedExport opened(ExportRow row) {
        synchronized (moving) {
            Optional<ServedExport> meanwhile = find(row.id());
            return meanwhile.isPresent() ? meanwhile.get() : add(row, openAnew(row));
        }
    }

    private synchronized ServedExport add(ExportRow row, ServedExport served) {
        open.put(row.id(), served);
        changed.remove(row.id());
        return served;
    }

    private ServedExport openAnew(ExportRow row) {
        if (reserved.contains(row.id())) {
            throw ExportedPoints.unreadable(row.instanceId(), row.recoveryPoint(), "what was written is being kept");
        }
        PointDisk point = points.open(row.instanceId(), row.recoveryPoint());
        boolean opened = false;
        try {
            Optional<PointOverlay> overlay =
                    row.writable() ? Optional.of(overlays.open(row.id(), point)) : Optional.empty();
            opened = true;
            return new ServedExport(row, point, overlay);
        } catch (IOException | DatastoreException failure) {
            throw ExportedPoints.unreadable(
                    row.instanceId(), row.recoveryPoint(), String.valueOf(failure.getMessage()));
        } finally {
            if (!opened) {
                close(point);
            }
        }
    }

    private static void close(PointDisk point) {
        try {
            point.close();
        } catch (IOException failure) {
            LOG.warn("A recovery point could not be closed.", failure);
        }
    }

    /// How much was written to an export, in whole blocks; empty if that cannot be found out.
    OptionalLong changedBytes(ExportRow row) {
        if (!row.writable()) {
            return OptionalLong.of(0);
        }
        OptionalLong known = knownChange(row.id());
        return known.isPresent() ? known : lookedAt(row);
    }

    private synchronized OptionalLong knownChange(UUID export) {
        ServedExport served = open.get(export);
        Long before = changed.get(export);
        return served != null
                ? OptionalLong.of(served.changedBytes())
                : before == null ? OptionalLong.empty() : OptionalLong.of(before);
    }

    private OptionalLong lookedAt(ExportRow row) {
        try {
            long bytes = get(row).changedBytes();
            closeIf((id, served) -> id.equals(row.id()) && served.connections() == 0);
            remember(row.id(), bytes);
            return OptionalLong.of(bytes);
        } catch (CommandRejected unreadable) {
            LOG.debug("What was written to the export {} cannot be looked at.", row.id(), unreadable);
            return OptionalLong.empty();
        }
    }

    /// Ends the connections to an export, and closes it.
    void close(UUID export) {
        closeIf((id, _) -> id.equals(export));
    }

    /// Closes an export, and lets nobody open it until [#release].
    void reserve(UUID export) {
        synchronized (moving) {
            close(export);
            reserved.add(export);
        }
    }

    void release(UUID export) {
        synchronized (moving) {
            reserved.remove(export);
        }
    }

    /// Closes those of which something is true.
    void closeIf(BiPredicate<UUID, ServedExport> condition) {
        synchronized (moving) {
            for (Map.Entry<UUID, ServedExport> one : taken(condition)) {
                one.getValue().close();
            }
        }
    }

    private synchronized List<Map.Entry<UUID, ServedExport>> taken(BiPredicate<UUID, ServedExport> condition) {
        List<Map.Entry<UUID, ServedExport>> taken = new ArrayList<>();
        for (Map.Entry<UUID, ServedExport> one : Map.copyOf(open).entrySet()) {
            if (condition.test(one.getKey(), one.getValue())) {
                taken.add(one);
                open.remove(one.getKey());
            }
        }
        return taken;
    }

    /// Only as long as nobody can write to it.
    private synchronized void remember(UUID export, long bytes) {
        if (!open.containsKey(export)) {
            changed.put(export, bytes);
        }
    }

    /// Closes an export that has ended, and removes what was written to it.
    void forget(UUID export) throws IOException {
        synchronized (moving) {
            close(export);
            overlays.remove(export);
            forgetChange(export);
        }
    }

    private synchronized void forgetChange(UUID export) {
        changed.remove(export);
    }
}
