package io.diskvault.audit;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signs the head of the chain: every so often if something happened, after so many events, and when the server stops.
@Singleton
class Checkpoints implements ApplicationEventListener<ServerStartupEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    /// So many events at most, and one batch more, are not signed while the server runs.
    private static final long EVENTS_MAX = 1000;

    private final Chain chain;
    private final CheckpointFiles files;
    private final SigningKey key;
    private final EventRows rows;
    private final ConnectionProvider connections;
    private final TransactionManager transactions;
    private final AuditSettings settings;
    private final Clock clock;
    private final AtomicLong linked = new AtomicLong();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("audit-checkpoints").daemon().factory());

    Checkpoints(
            Chain chain,
            CheckpointFiles files,
            SigningKey key,
            EventRows rows,
            ConnectionProvider connections,
            TransactionManager transactions,
            AuditSettings settings,
            Clock clock) {
        this.chain = chain;
        this.files = files;
        this.key = key;
        this.rows = rows;
        this.connections = connections;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // runs until the executor is shut down
    public void onApplicationEvent(ServerStartupEvent started) {
        long every = settings.checkpointEvery().toMillis();
        timer.scheduleWithFixedDelay(this::takeQuietly, every, every, TimeUnit.MILLISECONDS);
    }

    /// Says that events were linked.
    void linked(int events) {
        if (linked.addAndGet(events) >= EVENTS_MAX) {
            linked.set(0);
            try {
                timer.execute(this::takeQuietly);
            } catch (RejectedExecutionException _) {
                // The server has begun to stop; it signs what there is then.
            }
        }
    }

    private void takeQuietly() {
        try {
            take();
        } catch (RuntimeException failure) {
            LOG.warn("the history was not signed; the next time is tried again", failure);
        }
    }

    /// Signs the head of the chain, unless it is signed already, and writes what is newest where it is not yet.
    synchronized void take() {
        linked.set(0);
        transactions.fetchInTransaction(this::newest).ifPresent(newest -> files.write(newest, key));
    }

    private Optional<Checkpoint> newest() {
        Optional<Checkpoint> last = last();
        Optional<ChainLink> head = chain.head();
        long signed = last.map(Checkpoint::events).orElse(0L);
        long length = head.map(ChainLink::position).orElse(0L);
        if (last.isPresent() && !stands(last.get())) {
            LOG.error(
                    "the history does not fit its last checkpoint (number {}, {} events) and is not signed any more;"
                            + " run: diskvault audit verify",
                    last.get().number(),
                    signed);
            return last;
        }
        if (length <= signed) {
            return last;
        }
        Checkpoint next = Checkpoint.sign(
                last.map(Checkpoint::number).orElse(0L) + 1,
                head.orElseThrow(),
                clock.instant(),
                last.map(Checkpoint::textHash).orElse(Checkpoint.NONE),
                key);
        insert(next);
        return Optional.of(next);
    }

    private boolean stands(Checkpoint checkpoint) {
        return chain.at(checkpoint.events())
                .filter(link -> link.hash().equals(checkpoint.hash()))
                .isPresent();
    }

    /// The newest that the database knows.
    Optional<Checkpoint> last() {
        return rows
                .query(
                        "SELECT content FROM audit_checkpoint ORDER BY number DESC LIMIT 1",
                        _ -> {},
                        row -> row.getString(1))
                .stream()
                .findFirst()
                .flatMap(Checkpoint::parse);
    }

    /// Of two nodes that come at once one collides, and writes the other's the next time.
    private void insert(Checkpoint checkpoint) {
        try (Connection connection = connections.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO audit_checkpoint (number, content) VALUES (?, ?)")) {
            insert.setLong(1, checkpoint.number());
            insert.setString(2, checkpoint.text());
            insert.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("the checkpoint was not stored: " + failure.getMessage(), failure);
        }
    }

    @PreDestroy
    void stop() {
        timer.shutdown();
        takeQuietly();
    }
}
