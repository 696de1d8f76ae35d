package io.diskvault.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.job.JobError;
import io.diskvault.job.JobEvent.JobFailed;
import io.diskvault.job.JobEvent.JobQueued;
import io.diskvault.job.JobId;
import io.diskvault.job.JobOrder;
import io.diskvault.job.JobOrder.BackupOrder;
import io.diskvault.job.view.JobLeases;
import io.diskvault.testing.Probe;
import io.diskvault.testing.Probe.Fault;
import io.diskvault.testing.Probe.Probed;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.web.Views;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class EventProcessingTest {
    @Parameter
    TestDatabase database;

    @TempDir
    Path directory;

    Map<String, Object> settings;
    TestServer server;
    String prefix;

    @BeforeEach
    void start() {
        prefix = UUID.randomUUID().toString().substring(0, 8) + "-";
        settings = new HashMap<>(database.fresh(directory));
        settings.put(Probe.SETTING, true);
        // No worker may take the probe's rows for leases of its own.
        settings.put("diskvault.jobs.workers", 1);
        server = TestServer.start(settings);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// Two events of each thing.
    private void happenTo(String... things) {
        List<EventMessage<?>> events = new ArrayList<>();
        for (String thing : things) {
            for (int number = 0; number < 2; number++) {
                Probed event = new Probed(prefix + thing + number);
                events.add(new GenericDomainEventMessage<>("Probe", prefix + thing, number, event));
            }
        }
        publish(events);
    }

    private void publish(List<EventMessage<?>> events) {
        UnitOfWork<?> work = DefaultUnitOfWork.startAndGet(null);
        work.attachTransaction(server.part(TransactionManager.class));
        work.execute(() -> server.part(EventStore.class).publish(events));
    }

    private void fails(String event, Fault fault) {
        Probe.FAULTS.put(prefix + event, fault);
    }

    private void isMended(String event) {
        Probe.FAULTS.remove(prefix + event);
    }

    private List<String> handled() {
        List<String> mine = new ArrayList<>();
        for (String name : Probe.HANDLED) {
            if (name.startsWith(prefix)) {
                mine.add(name.substring(prefix.length()));
            }
        }
        return mine;
    }

    private boolean hasRow(String event) {
        return server.part(JobLeases.class).existsById(prefix + event);
    }

    private long letters() {
        return letters(Probe.GROUP);
    }

    private long letters(String group) {
        return server.part(TransactionManager.class)
                .fetchInTransaction(() -> server.part(Configuration.class)
                        .eventProcessingConfiguration()
                        .deadLetterQueue(group)
                        .orElseThrow()
                        .size());
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "waited in vain");
            LockSupport.parkNanos(2_000_000);
        }
    }

    @Test
    void anEventThatCannotBeHandledHoldsUpItsOwnThingAndNoOther() {
        fails("bug0", Fault.BUG);
        fails("statement0", Fault.STATEMENT);
        fails("refused0", Fault.REFUSED_COMMAND);
        happenTo("bug", "statement", "refused", "fine");
        await(() -> handled().size() == 2);
        assertEquals(List.of("fine0", "fine1"), handled());
        assertEquals(6, letters());
        for (String thing : List.of("bug", "statement", "refused")) {
            assertFalse(hasRow(thing + "0"), thing + ": half a change was committed");
        }

        DeadLetterRetries retries = server.part(DeadLetterRetries.class);
        retries.retry();
        assertEquals(6, letters(), "still broken");
        isMended("bug0");
        isMended("statement0");
        retries.retry();
        assertEquals(2, letters(), "one broken thing does not hold up the others");
        List<String> order = handled();
        assertTrue(order.indexOf("bug0") < order.indexOf("bug1"), order.toString());
        assertTrue(order.indexOf("statement0") < order.indexOf("statement1"), order.toString());
        assertTrue(hasRow("bug0") && hasRow("bug1"));
        isMended("refused0");
        retries.retry();
        assertEquals(0, letters());
        assertEquals(8, handled().size());
    }

    @Test
    void theNextStartHandlesWhatWasHeldUp() {
        fails("bug0", Fault.BUG);
        happenTo("bug");
        await(() -> letters() == 2);
        server.close();
        isMended("bug0");
        server = TestServer.start(settings);
        await(() -> letters() == 0);
        assertEquals(List.of("bug0", "bug1"), handled());
    }

    @Test
    void anEventIsCountedOnceHoweverOftenItIsTried() {
        JobId job = JobId.random(Instant.EPOCH);
        JobOrder order = new BackupOrder("prod", "web-1", Optional.empty(), Optional.empty());
        Instant now = server.part(Clock.class).instant();
        JobError error = new JobError("UserErrorInputOutput", "The disk is broken.", "Replace it.", false);
        Probe.FAULTS.put(job.text(), Fault.BUG);
        publish(List.of(
                new GenericDomainEventMessage<>(
                        "Job", job.toString(), 0, new JobQueued(job, order, Optional.empty(), Optional.empty(), now)),
                new GenericDomainEventMessage<>("Job", job.toString(), 1, new JobFailed(job, order, error, now))));
        await(() -> letters(Views.GROUP) == 1);
        assertEquals(0, failedBackups(), "one projection counted what another one could not digest");

        server.part(DeadLetterRetries.class).retry();
        assertEquals(1, letters(Views.GROUP), "still broken");
        Probe.FAULTS.remove(job.text());
        server.part(DeadLetterRetries.class).retry();

        assertEquals(0, letters(Views.GROUP));
        assertEquals(1, failedBackups());
    }

    private long failedBackups() {
        long failed = 0;
        for (JsonNode count : server.get("/api/v1/backup-jobs/summary").body().get("counts")) {
            failed += count.get("status").asText().equals("Failed")
                    ? count.get("count").asLong()
                    : 0;
        }
        return failed;
    }
}
