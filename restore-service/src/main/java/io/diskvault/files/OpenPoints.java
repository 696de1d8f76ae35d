package io.diskvault.files;

import io.diskvault.command.CommandRejected;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.PointNotFoundException;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.PointDisk;
import io.diskvault.engine.datastore.RecoveryPointId;
import io.diskvault.instance.InstanceCatalog;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.InstanceRejection;
import io.diskvault.instance.ProtectedInstance;
import io.diskvault.role.VaultIdentity;
import io.diskvault.snapshot.Datastores;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The recovery points whose files are being read. A point is opened for the first request, stays open for some
/// time after the last, and has a lease meanwhile. All of it is in this process and its children, so a crash leaves
/// nothing.
@Singleton
public class OpenPoints implements ApplicationEventListener<ServerStartupEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(OpenPoints.class);

    private static final long LOOK_MILLIS = 500;

    private final FilesSettings settings;
    private final InstanceCatalog instances;
    private final VaultIdentity identity;
    private final Datastores datastores;
    private final ReaderProgram program;
    private final Map<Key, OpenPoint> open = new HashMap<>();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("open-points").factory());

    private record Key(InstanceId instance, String point) {}

    OpenPoints(FilesSettings settings, InstanceCatalog instances, VaultIdentity identity, Datastores datastores) {
        this.settings = settings;
        this.instances = instances;
        this.identity = identity;
        this.datastores = datastores;
        this.program = new ReaderProgram(settings.python());
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // runs until the executor is shut down
    public void onApplicationEvent(ServerStartupEvent event) {
        looks.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// A question about the files of a point.
    @FunctionalInterface
    public interface Question<T> {
        T ask(PointFiles files) throws IOException, DatastoreException;
    }

    /// Answers a question about the files of a recovery point.
    ///
    /// @throws CommandRejected as [#take], or if the point is damaged
    public <T> T ask(InstanceId instance, String point, Question<T> question) {
        try (OpenPoint taken = take(instance, point)) {
            return question.ask(taken.files());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (DatastoreException damaged) {
            throw damaged(damaged);
        }
    }

    static CommandRejected damaged(DatastoreException failure) {
        return new CommandRejected(
                FilesRejection.POINT_DAMAGED, "The recovery point cannot be read: " + failure.getMessage());
    }

    /// Opens a recovery point, or takes the one that is open. It must be given back.
    ///
    /// @throws CommandRejected if it is not there, may not be read, or too many are open
    OpenPoint take(InstanceId instance, String point) throws IOException, DatastoreException {
        ProtectedInstance source = instances.restorable(instance);
        if (!instances.hasPoint(instance, point)) {
            throw InstanceRejection.pointNotFound(instance, point);
        }
        VaultIdentity.require(identity.missingToExport(instance.vaultId(), source.snapshotGroup()));
        return taken(new Key(instance, point));
    }

    private synchronized OpenPoint taken(Key key) throws IOException, DatastoreException {
        OpenPoint known = open.get(key);
        if (known == null || !known.isUsable()) {
            open.remove(key);
            if (known != null) {
                known.retire();
            }
            makeRoom();
            known = opened(key);
            open.put(key, known);
        }
        known.use();
        return known;
    }

    private void makeRoom() {
        if (open.size() < settings.points()) {
            return;
        }
        Map.Entry<Key, OpenPoint> oldest = open.entrySet().stream()
                .filter(each -> each.getValue().isIdle())
                .max(Comparator.comparingLong(each -> each.getValue().idleNanos()))
                .orElseThrow(() -> new CommandRejected(
                        FilesRejection.TOO_MANY_POINTS,
                        "Files of %d other recovery points are being read.".formatted(open.size())));
        open.remove(oldest.getKey());
        oldest.getValue().retire();
    }

    private OpenPoint opened(Key key) throws IOException, DatastoreException {
        Path directory = instances
                .datastoreOf(key.instance)
                .map(Path::of)
                .orElseThrow(() -> InstanceRejection.pointNotFound(key.instance, key.point));
        Datastore datastore = datastores.open(directory);
        PointDisk disk;
        try {
            disk = datastore.openPoint(datastore
                    .recoveryPoint(key.instance.datastoreName(), new RecoveryPointId(key.point))
                    .orElseThrow(() -> InstanceRejection.pointNotFound(key.instance, key.point)));
        } catch (PointNotFoundException gone) {
            throw InstanceRejection.pointNotFound(key.instance, key.point);
        }
        boolean opened = false;
        try {
            OpenPoint point = new OpenPoint(disk, PointFiles.of(program, disk, settings.patience()));
            opened = true;
            return point;
        } finally {
            if (!opened) {
                disk.close();
            }
        }
    }

    private void look() {
        try {
            long idle = settings.idle().toNanos();
            for (OpenPoint each : removed(idle)) {
                each.retire();
            }
        } catch (RuntimeException failure) {
            LOG.warn("Recovery points whose files nobody reads could not be closed.", failure);
        }
    }

    /// @param idleNanos how long nobody must have used them
    private synchronized List<OpenPoint> removed(long idleNanos) {
        List<OpenPoint> over = new ArrayList<>();
        open.values().removeIf(each -> {
            boolean done = !each.isUsable() || (each.isIdle() && each.idleNanos() >= idleNanos);
            if (done) {
                over.add(each);
            }
            return done;
        });
        return over;
    }

    /// Downloads that run break off.
    @PreDestroy
    void close() {
        looks.close();
        synchronized (this) {
            open.values().forEach(OpenPoint::end);
            open.clear();
        }
    }
}
