package io.diskvault.restoretest;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.diskvault.job.JobId;
import io.diskvault.restoretest.RestoreTestCommand.DecideTest;
import io.diskvault.restoretest.RestoreTestCommand.RaiseProofOverdue;
import io.diskvault.restoretest.RestoreTestCommand.RecordTest;
import io.diskvault.restoretest.RestoreTestCommand.RequestTest;
import io.diskvault.restoretest.RestoreTestCommand.ResolveProofOverdue;
import io.diskvault.restoretest.RestoreTestEvent.RestoreProofOverdueRaised;
import io.diskvault.restoretest.RestoreTestEvent.RestoreProofOverdueResolved;
import io.diskvault.restoretest.RestoreTestEvent.RestoreTestEnded;
import io.diskvault.restoretest.RestoreTestEvent.RestoreTestRequested;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/// The restore tests of one instance: each job is asked for once and has one result, and an alert is raised once and
/// ends with the next proof.
@AggregateRoot(type = "InstanceTests")
final class InstanceTests {
    /// What is repeated later than this many others counts as new.
    private static final int REMEMBERED_MAX = 100;

    @AggregateIdentifier
    @JsonProperty
    @SuppressWarnings("UnusedVariable") // read by the framework
    private @Nullable InstanceTestsId id;

    @JsonProperty
    private final Deque<JobId> requested = new ArrayDeque<>();

    @JsonProperty
    private final Deque<JobId> ended = new ArrayDeque<>();

    /// Since when there was no proof when the alert was raised; null while there is none.
    @JsonProperty
    private @Nullable Instant overdueSince;

    InstanceTests() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    boolean handle(DecideTest command) {
        RequestTest order = command.order();
        if (requested.contains(order.job())) {
            return false;
        }
        apply(new RestoreTestRequested(
                order.instance(), order.job(), order.recoveryPoint(), order.terms(), order.plan(), order.at()));
        return true;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RecordTest command) {
        if (ended.contains(command.job())) {
            return; // an attempt that was thought lost had told it already
        }
        apply(new RestoreTestEnded(
                command.instance(), command.job(), command.recoveryPoint(), command.evidence(), command.at()));
        if (overdueSince != null && command.evidence().outcome() == TestOutcome.PROVEN) {
            apply(new RestoreProofOverdueResolved(command.instance(), command.at()));
        }
    }

    /// An instance that was made anew under the name is overdue on its own account.
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    boolean handle(RaiseProofOverdue command) {
        if (command.unprovenSince().equals(overdueSince)) {
            return false;
        }
        apply(new RestoreProofOverdueRaised(
                command.instance(), command.unprovenSince(), command.maxAgeDays(), command.at()));
        return true;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ResolveProofOverdue command) {
        if (overdueSince != null) {
            apply(new RestoreProofOverdueResolved(command.instance(), command.at()));
        }
    }

    @EventSourcingHandler
    void on(RestoreTestRequested event) {
        id = new InstanceTestsId(event.instance());
        remember(requested, event.job());
    }

    @EventSourcingHandler
    void on(RestoreTestEnded event) {
        id = new InstanceTestsId(event.instance());
        remember(ended, event.job());
    }

    private static void remember(Deque<JobId> jobs, JobId job) {
        jobs.addLast(job);
        if (jobs.size() > REMEMBERED_MAX) {
            jobs.removeFirst();
        }
    }

    @EventSourcingHandler
    void on(RestoreProofOverdueRaised event) {
        id = new InstanceTestsId(event.instance());
        overdueSince = event.unprovenSince();
    }

    @EventSourcingHandler
    void on(RestoreProofOverdueResolved event) {
        overdueSince = null;
    }
}
