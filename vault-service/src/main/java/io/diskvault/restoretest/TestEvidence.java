package io.diskvault.restoretest;

import io.diskvault.job.JobError;
import java.util.List;
import java.util.Optional;

/// What a restore test found, and how long it took.
///
/// @param logicalBytes the size of the disk
/// @param restoredBytes how much of it is not zero, and was written
/// @param restoreMillis until the copy was there and synced
/// @param verifyMillis how long reading it back took
/// @param damaged which parts are damaged, if it is not restorable, from the start of the disk on; of many the first
/// @param moreDamaged how many further parts there are
/// @param error why it is not restorable
public record TestEvidence(
        TestOutcome outcome,
        long logicalBytes,
        long restoredBytes,
        long restoreMillis,
        long verifyMillis,
        List<CheckResult> checks,
        List<DamagedRange> damaged,
        long moreDamaged,
        Optional<JobError> error) {
    public TestEvidence {
        checks = List.copyOf(checks);
        damaged = List.copyOf(damaged);
    }

    /// Of a copy whose content was right.
    public static TestEvidence restored(
            long logicalBytes, long restoredBytes, long restoreMillis, long verifyMillis, List<CheckResult> checks) {
        boolean failed = checks.stream().anyMatch(check -> check.outcome() == CheckResult.Outcome.FAILED);
        return new TestEvidence(
                failed ? TestOutcome.CHECK_FAILED : TestOutcome.PROVEN,
                logicalBytes,
                restoredBytes,
                restoreMillis,
                verifyMillis,
                checks,
                List.of(),
                0,
                Optional.empty());
    }

    /// Of a point that did not come back.
    public static TestEvidence notRestorable(
            long logicalBytes, List<CheckResult> checks, List<DamagedRange> damaged, long moreDamaged, JobError error) {
        return new TestEvidence(
                TestOutcome.NOT_RESTORABLE, logicalBytes, 0, 0, 0, checks, damaged, moreDamaged, Optional.of(error));
    }

    /// What the operator should know of it although the content was right: what failed, and what was not checked.
    public List<String> warnings() {
        return checks.stream()
                .filter(check -> check.outcome() != CheckResult.Outcome.PASSED)
                .map(check -> "%s: %s: %s"
                        .formatted(
                                check.check(),
                                check.outcome().text(),
                                check.detail().lines().findFirst().orElse("")))
                .toList();
    }
}
