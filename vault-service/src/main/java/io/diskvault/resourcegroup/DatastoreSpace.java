package io.diskvault.resourcegroup;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// How much room there is where datastores are. A file server that is gone answers never, and nobody may wait for it:
/// what does not come soon is not known.
@Singleton
public class DatastoreSpace {
    private static final Duration PATIENCE = Duration.ofMillis(200);
    private static final Duration FRESH = Duration.ofSeconds(15);

    private final Map<Path, Asked> asked = new ConcurrentHashMap<>();

    /// @param freeBytes for this server's user
    public record Space(long freeBytes, long capacityBytes) {}

    private record Asked(CompletableFuture<Optional<Space>> answer, long nanos) {
        static Asked now(Path directory) {
            CompletableFuture<Optional<Space>> answer = new CompletableFuture<>();
            Thread.ofPlatform().daemon().name("datastore-space").start(() -> answer.complete(measure(directory)));
            return new Asked(answer, System.nanoTime());
        }

        /// Whoever has not answered is not asked again.
        boolean isFresh() {
            return !answer.isDone() || System.nanoTime() - nanos < FRESH.toNanos();
        }
    }

    /// Empty if it cannot be found out at present.
    public Optional<Space> of(Path directory) {
        Asked latest =
                asked.compute(directory, (path, known) -> known != null && known.isFresh() ? known : Asked.now(path));
        try {
            return latest.answer().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return Optional.empty();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<Space> measure(Path directory) {
        try {
            FileStore store = Files.getFileStore(directory);
            return Optional.of(new Space(store.getUsableSpace(), store.getTotalSpace()));
        } catch (IOException | RuntimeException _) {
            return Optional.empty();
        }
    }
}
