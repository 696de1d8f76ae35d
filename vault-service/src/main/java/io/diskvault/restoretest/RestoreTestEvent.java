package io.diskvault.restoretest;

import io.diskvault.instance.InstanceId;
import io.diskvault.job.JobId;
import java.time.Instant;
import java.util.Optional;

/// What happened in the restore tests of one instance; stored for ever, longer than the points and the instance.
public sealed interface RestoreTestEvent {
    InstanceId instance();

    /// @param plan by which it is made; empty if somebody asked for it
    record RestoreTestRequested(
            InstanceId instance, JobId job, String recoveryPoint, TestTerms terms, Optional<PlannedBy> plan, Instant at)
            implements RestoreTestEvent {}

    /// A test that found something out. One that was cancelled or could not be made ends with its job alone.
    record RestoreTestEnded(InstanceId instance, JobId job, String recoveryPoint, TestEvidence evidence, Instant at)
            implements RestoreTestEvent {}

    /// @param unprovenSince its last proof, or when its protection began
    record RestoreProofOverdueRaised(InstanceId instance, Instant unprovenSince, int maxAgeDays, Instant at)
            implements RestoreTestEvent {}

    record RestoreProofOverdueResolved(InstanceId instance, Instant at) implements RestoreTestEvent {}
}
