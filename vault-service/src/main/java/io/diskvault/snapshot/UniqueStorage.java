package io.diskvault.snapshot;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.DiskUsage;
import io.diskvault.engine.datastore.Watch;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How much of what is stored only one disk's recovery points need, and only each of them. That takes a walk through
/// the manifests of the whole datastore, so it is looked for by one thread for all, when somebody asks, and answered
/// with what is known by then.
@Singleton
public class UniqueStorage {
    private static final Logger LOG = LoggerFactory.getLogger(UniqueStorage.class);
    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /// A record of some hundred points each.
    private static final int KNOWN_MAX = 1000;

    private final Datastores datastores;
    private final Clock clock;
    private final Map<Disk, Asked> asked = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Disk, Asked> eldest) {
            return size() > KNOWN_MAX && eldest.getValue().looking().isDone();
        }
    };
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("unique-storage").factory());
    private volatile boolean stopping;

    UniqueStorage(Datastores datastores, Clock clock) {
        this.datastores = datastores;
        this.clock = clock;
    }

    private record Disk(Path datastore, String name) {}

    /// What was found.
    ///
    /// @param at when it was looked for
    /// @param uniqueBytes would be free if all recovery points of the disk were gone and collected
    /// @param ofPoints by id, what would be free if only that one were
    public record Found(Instant at, long uniqueBytes, Map<String, Long> ofPoints) {
        public Found {
            ofPoints = Map.copyOf(ofPoints);
        }
    }

    /// @param found the latest that is known
    /// @param note why it is old or missing
    public record Answer(Optional<Found> found, Optional<String> note) {}

    private record Outcome(Optional<Found> found, Optional<String> failure, Instant at) {}

    /// @param before what was known when this look began
    private record Asked(Optional<Found> before, CompletableFuture<Outcome> looking) {
        Optional<Found> known() {
            return looking.isDone() ? looking.join().found().or(() -> before) : before;
        }
    }

    /// Waits for a moment only.
    ///
    /// @param disk its name in the datastore
    public Answer of(Path datastore, String disk) {
        Asked latest = ask(new Disk(datastore, disk));
        try {
            Outcome outcome = latest.looking().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(latest.known(), outcome.failure());
        } catch (TimeoutException _) {
            return new Answer(
                    latest.before(),
                    Optional.of("The recovery points of its datastore are being compared; ask again."));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Answer(latest.before(), Optional.empty());
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private synchronized Asked ask(Disk disk) {
        Asked known = asked.get(disk);
        if (known != null && !isOver(known)) {
            return known;
        }
        Asked fresh = new Asked(
                known == null ? Optional.empty() : known.known(),
                CompletableFuture.supplyAsync(() -> look(disk), thread));
        asked.put(disk, fresh);
        return fresh;
    }

    private boolean isOver(Asked known) {
        return known.looking().isDone()
                && known.looking().join().at().plus(FRESH).isBefore(clock.instant());
    }

    private Outcome look(Disk disk) {
        Instant at = clock.instant();
        try {
            DiskUsage usage = datastores.open(disk.datastore()).usage(disk.name(), new Stopping());
            Map<String, Long> ofPoints = usage.points().stream()
                    .collect(Collectors.toMap(each -> each.point().value(), DiskUsage.OfPoint::uniqueBytes));
            return new Outcome(Optional.of(new Found(at, usage.uniqueBytes(), ofPoints)), Optional.empty(), at);
        } catch (CancellationException _) {
            return new Outcome(Optional.empty(), Optional.of("The server is stopping."), at);
        } catch (DatastoreException | IOException | RuntimeException failure) {
            LOG.warn("what only {} needs in {} could not be found out", disk.name(), disk.datastore(), failure);
            return new Outcome(
                    Optional.empty(),
                    Optional.of(
                            failure instanceof DatastoreException
                                    ? String.valueOf(failure.getMessage())
                                    : "The datastore could not be read; the server's log says why."),
                    at);
        }
    }

    private final class Stopping implements Watch {
        @Override
        public void progress(long doneBytes, long totalBytes) {}

        @Override
        public boolean cancelled() {
            return stopping;
        }
    }

    @PreDestroy
    void stop() throws InterruptedException {
        stopping = true;
        thread.shutdown();
        thread.awaitTermination(10, TimeUnit.SECONDS);
    }
}
