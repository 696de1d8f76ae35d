package io.diskvault.platform;

import io.micronaut.data.repository.CrudRepository;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/// Lets projections that are built anew write many rows at once.
///
/// In a replay the events of a batch are handled on rows in memory, which are written together just before the batch
/// commits, and nothing is written for a single event. So there is nothing to take back for a single event either: if
/// one of them fails, or the writing, the whole batch is taken back, and its events are handled one by one as in
/// everyday work, where the one that cannot be handled is put aside.
///
/// What is in memory is right as long as nobody else writes the tables. Who writes them moves the processor's position
/// with them: if it is where this process has left it, nobody has.
@Singleton
public final class Replays {
    private static final String RESOURCE = Replays.class.getName();

    private final Map<Class<?>, ViewTable<?>> tables = new ConcurrentHashMap<>();

    /// Where this process has left the processors.
    private final Map<String, Long> positions = new ConcurrentHashMap<>();

    private volatile boolean othersWrote;

    /// Events up to this place are handled one by one.
    private volatile long carefulUntil = -1;

    private static final class Batch {
        final boolean buffered;

        @Nullable
        Exception broken;

        Batch(boolean buffered) {
            this.buffered = buffered;
        }
    }

    /// The table of a repository; the same one for whoever asks, though each has a repository of his own.
    @SuppressWarnings("unchecked") // each repository has rows of one type
    public <R> ViewTable<R> table(CrudRepository<R, String> rows, Function<R, String> id) {
        return (ViewTable<R>) tables.computeIfAbsent(rows.getClass(), _ -> new ViewTable<>(this, rows, id));
    }

    /// Whether what is handled just now is written later.
    boolean buffering() {
        return CurrentUnitOfWork.isStarted() && batch().buffered;
    }

    /// An event of the batch could not be handled.
    void broken(Exception failure) {
        batch().broken = failure;
    }

    /// A row was written at once: by hand of an event that was put aside, or one that is handled by itself.
    void writtenAtOnce() {
        othersWrote = true;
    }

    /// A table was emptied, as all are in a reset, for which the position was claimed.
    void emptied() {
        othersWrote = false;
        carefulUntil = -1;
    }

    /// A processor's position was written by this process.
    void stored(String processor, @Nullable TrackingToken position) {
        positions.put(processor, placeOf(position));
    }

    /// A processor's position was claimed.
    void claimed(String processor, @Nullable TrackingToken position) {
        Long before = positions.put(processor, placeOf(position));
        if (before == null || before != placeOf(position)) {
            othersWrote = true;
        }
    }

    private Batch batch() {
        UnitOfWork<?> root = CurrentUnitOfWork.get().root();
        return root.getOrComputeResource(RESOURCE, _ -> begin(root));
    }

    private Batch begin(UnitOfWork<?> root) {
        // Other processors go on meanwhile, each in a thread of its own.
        if (!(root.getMessage() instanceof TrackedEventMessage<?> event)
                || !ReplayToken.isReplay(event)
                || placeOf(event) <= carefulUntil) {
            return new Batch(false);
        }
        if (othersWrote) {
            othersWrote = false;
            forget();
        }
        Batch batch = new Batch(true);
        root.onPrepareCommit(_ -> write(batch));
        root.onRollback(this::beCareful);
        return batch;
    }

    private void write(Batch batch) {
        if (batch.broken != null) {
            throw new IllegalStateException(
                    "an event of the batch could not be handled; they follow one by one", batch.broken);
        }
        tables.values().forEach(ViewTable::write);
    }

    private void beCareful(UnitOfWork<?> root) {
        forget();
        if (root instanceof BatchingUnitOfWork<?> batch) {
            List<? extends Message<?>> messages = batch.getMessages();
            carefulUntil = placeOf(messages.getLast());
        } else {
            carefulUntil = placeOf(root.getMessage());
        }
    }

    private void forget() {
        tables.values().forEach(ViewTable::forget);
    }

    private static long placeOf(Message<?> message) {
        return message instanceof TrackedEventMessage<?> event ? placeOf(event.trackingToken()) : -1;
    }

    private static long placeOf(@Nullable TrackingToken position) {
        return position == null ? -1 : position.position().orElse(-1);
    }
}
