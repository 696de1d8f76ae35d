package io.diskvault.platform;

import io.micronaut.data.repository.CrudRepository;
import jakarta.inject.Singleton;
import java.util.ConcurrentModificationException;
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
/// In a replay events are handled on rows in memory. The rows of many batches are written together, in one transaction
/// with the processor's position, which until then stays where it was: whatever happens, the tables are as they were
/// after the events up to that position. A batch in which something was written at once takes all rows and the position
/// with it.
///
/// Nothing is written for a single event, so there is nothing to take back for one either. If an event cannot be
/// handled, or the rows cannot be written, the processor begins again at its position, and the events concerned are
/// handled one by one as in everyday work, where the one that cannot be handled is put aside.
///
/// What is in memory is right as long as nobody else writes the tables. Who writes them moves the processor's position
/// with them: if it is where this process has left it, nobody has.
@Singleton
public final class Replays {
    /// The one group of event handlers that can be replayed.
    public static final String GROUP = "views";

    private static final String RESOURCE = Replays.class.getName();

    /// So many rows are written together: the more, the fewer pages of an index are written twice.
    private static final int WRITTEN_TOGETHER = 20_000;

    /// So many events before its end a replay is as good as there, and no row waits: the last events may concern none.
    private static final int AT_LAST = 1000;

    private final OpenTransaction transaction;
    private final Map<Class<?>, ViewTable<?>> tables = new ConcurrentHashMap<>();

    /// Where this process has left the processor.
    private volatile long position = Long.MIN_VALUE;

    /// What is in memory is no longer right.
    private volatile boolean outdated;

    /// The first event whose rows are still to be written; -1 if there is none.
    private volatile long waitingSince = -1;

    /// Events from here to there are handled one by one.
    private volatile long carefulFrom = -1;

    private volatile long carefulUntil = -1;

    private static final class Batch {
        final long first;
        final long last;
        final boolean buffered;
        final boolean inTheMiddle;

        @Nullable
        Exception broken;

        /// Whether its events are to be handled one by one next time.
        boolean suspect = true;

        /// Not only this batch is concerned.
        boolean unwritable;

        /// Of no replay.
        Batch() {
            this.first = -1;
            this.last = -1;
            this.buffered = false;
            this.inTheMiddle = false;
        }

        Batch(List<? extends Message<?>> events, boolean buffered) {
            this.first = placeOf(events.getFirst());
            this.last = placeOf(events.getLast());
            this.buffered = buffered;
            this.inTheMiddle = isInTheMiddle(events.getLast());
        }

        /// Somebody else wrote the tables meanwhile, as when an event that was put aside is handled after all.
        void overtaken() {
            broken = new ConcurrentModificationException("the tables were changed while rows were in memory");
            suspect = false;
        }
    }

    Replays(OpenTransaction transaction) {
        this.transaction = transaction;
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
        outdated = true;
    }

    /// A table was emptied, as all are in a reset, for which the position was claimed.
    void emptied() {
        outdated = false;
        waitingSince = -1;
        carefulFrom = -1;
        carefulUntil = -1;
    }

    /// Writes what waits, as the processor's position is about to be stored in the same transaction.
    ///
    /// @return whether the position may be stored; if not, the rows wait for those of the next batch
    boolean settle() {
        if (!CurrentUnitOfWork.isStarted()) {
            // Events that concern no projection have moved the position.
            if (outdated) {
                return waitingSince < 0;
            }
            writeTables();
            return true;
        }
        Batch batch = batch();
        if (batch.buffered && outdated) {
            batch.overtaken();
        }
        if (batch.broken != null) {
            throw new IllegalStateException("the batch could not be handled; its events follow again", batch.broken);
        }
        if (batch.buffered) {
            waitingSince = waitingSince < 0 ? batch.first : waitingSince;
            if (batch.inTheMiddle && waiting() < WRITTEN_TOGETHER && !transaction.hasWritten()) {
                return false;
            }
            write(batch);
        }
        return true;
    }

    /// The processor's position was written by this process.
    void stored(@Nullable TrackingToken token) {
        position = placeOf(token);
    }

    /// The processor begins at its position. What waited is gone: its events follow again.
    void claimed(@Nullable TrackingToken token) {
        if (waitingSince >= 0) {
            outdated = true;
            waitingSince = -1;
        }
        found(token);
    }

    /// The processor's position was looked at, which is where this process has left it unless somebody else moved it.
    void found(@Nullable TrackingToken token) {
        if (position != placeOf(token)) {
            outdated = true;
        }
        position = placeOf(token);
    }

    private Batch batch() {
        UnitOfWork<?> root = CurrentUnitOfWork.get().root();
        return root.getOrComputeResource(RESOURCE, _ -> begin(root));
    }

    private Batch begin(UnitOfWork<?> root) {
        // Other processors go on meanwhile, each in a thread of its own.
        if (!(root instanceof BatchingUnitOfWork<?> work) || replayed(root.getMessage()) == null) {
            return new Batch();
        }
        List<? extends Message<?>> events = work.getMessages();
        boolean careful = placeOf(events.getFirst()) <= carefulUntil && placeOf(events.getLast()) >= carefulFrom;
        Batch batch = new Batch(events, !careful);
        root.onRollback(_ -> takeBack(batch));
        if (outdated) {
            if (waitingSince >= 0) {
                batch.overtaken();
            }
            outdated = false;
            forget();
        }
        if (careful) {
            try {
                write(batch);
            } catch (RuntimeException unwritable) {
                batch.broken = unwritable; // it is not the event's fault that is handled just now
            }
        }
        return batch;
    }

    private int waiting() {
        return tables.values().stream().mapToInt(ViewTable::waiting).sum();
    }

    private void write(Batch batch) {
        batch.unwritable = true;
        writeTables();
        batch.unwritable = false;
    }

    private void writeTables() {
        tables.values().forEach(ViewTable::write);
        waitingSince = -1;
    }

    private void takeBack(Batch batch) {
        if (batch.unwritable || (batch.suspect && batch.broken != null)) {
            carefulFrom = batch.unwritable ? waitingSince : batch.first;
            carefulUntil = batch.last;
        }
        forget();
    }

    private void forget() {
        tables.values().forEach(ViewTable::forget);
        waitingSince = -1;
    }

    private static boolean isInTheMiddle(Message<?> event) {
        ReplayToken token = replayed(event);
        return token != null && placeOf(token.getCurrentToken()) < placeOf(token.getTokenAtReset()) - AT_LAST;
    }

    private static @Nullable ReplayToken replayed(@Nullable Message<?> message) {
        return message instanceof TrackedEventMessage<?> event && event.trackingToken() instanceof ReplayToken token
                ? token
                : null;
    }

    private static long placeOf(Message<?> message) {
        return message instanceof TrackedEventMessage<?> event ? placeOf(event.trackingToken()) : -1;
    }

    /// A position's place in the event store; -1 before the first event.
    static long placeOf(@Nullable TrackingToken position) {
        return position == null ? -1 : position.position().orElse(-1);
    }
}
