package io.diskvault.restoretest;

import io.diskvault.instance.InstanceId;
import io.diskvault.job.JobId;
import java.time.Instant;
import java.util.Optional;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/// Orders about the restore tests of one instance.
public sealed interface RestoreTestCommand {
    InstanceId instance();

    /// Asks for a test of a recovery point.
    ///
    /// @param plan by which it is made; empty if somebody asked for it
    record RequestTest(
            InstanceId instance, JobId job, String recoveryPoint, TestTerms terms, Optional<PlannedBy> plan, Instant at)
            implements RestoreTestCommand {}

    /// The instance's own part of that; answers whether the test is new.
    record DecideTest(RequestTest order) implements RestoreTestCommand {
        @Override
        public InstanceId instance() {
            return order.instance();
        }

        @TargetAggregateIdentifier
        InstanceTestsId tests() {
            return new InstanceTestsId(instance());
        }
    }

    /// Keeps what a test found. The first word about a job counts.
    record RecordTest(InstanceId instance, JobId job, String recoveryPoint, TestEvidence evidence, Instant at)
            implements RestoreTestCommand {
        @TargetAggregateIdentifier
        InstanceTestsId tests() {
            return new InstanceTestsId(instance);
        }
    }

    /// The instance has had no proof for too long; answers whether that is news.
    ///
    /// @param unprovenSince its last proof, or when its protection began
    record RaiseProofOverdue(InstanceId instance, Instant unprovenSince, int maxAgeDays, Instant at)
            implements RestoreTestCommand {
        @TargetAggregateIdentifier
        InstanceTestsId tests() {
            return new InstanceTestsId(instance);
        }
    }

    /// It is not overdue any more, without a proof: the plan allows more time, or is gone.
    record ResolveProofOverdue(InstanceId instance, Instant at) implements RestoreTestCommand {
        @TargetAggregateIdentifier
        InstanceTestsId tests() {
            return new InstanceTestsId(instance);
        }
    }
}
