package io.diskvault.restoretest.web;

import io.diskvault.instance.InstanceId;
import io.diskvault.job.JobError;
import io.diskvault.restoretest.DamagedRange;
import io.diskvault.restoretest.view.RestoreTestCheckRow;
import io.diskvault.restoretest.view.RestoreTestRow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A restore test as it is told.
///
/// @param outcome `Proven`, `CheckFailed`, `NotRestorable`, or `NotTested` if it was cancelled or could not be made;
///     null until it has ended
/// @param planVersion by which it was made; null if somebody asked for it
/// @param seconds how long restoring and reading back took; null if the copy did not come to be
/// @param bytesPerSecond how fast it was restored, of what is not zero
/// @param damagedRanges the parts of the disk that could not be restored
/// @param moreDamagedRanges how many further ones there are
record RestoreTestResponse(
        String job,
        String vault,
        String instance,
        String recoveryPoint,
        Instant requestedTime,
        @Nullable Instant endTime,
        @Nullable String outcome,
        @Nullable Long planVersion,
        @Nullable Instant slot,
        String scratchResourceGroup,
        @Nullable Double seconds,
        @Nullable Double restoreSeconds,
        @Nullable Double verifySeconds,
        long logicalBytes,
        long restoredBytes,
        @Nullable Long bytesPerSecond,
        List<Check> checks,
        List<DamagedRange> damagedRanges,
        long moreDamagedRanges,
        @Nullable JobError error) {
    private static final double MILLIS = 1000.0;

    /// @param outcome `Passed`, `Failed` or `NotChecked`
    record Check(String check, String outcome, String detail, double seconds) {
        static Check of(RestoreTestCheckRow row) {
            return new Check(row.subject(), row.outcome(), row.detail(), row.millis() / MILLIS);
        }
    }

    /// @param checks of this test, in their order
    static RestoreTestResponse of(RestoreTestRow row, List<RestoreTestCheckRow> checks) {
        InstanceId instance = InstanceId.parse(row.instanceId());
        boolean restored = row.restoreMillis() > 0;
        return new RestoreTestResponse(
                row.jobId(),
                instance.vault(),
                instance.name(),
                row.recoveryPoint(),
                row.requestedAt(),
                row.endedAt(),
                row.outcome(),
                row.planVersion(),
                row.slot(),
                row.scratchGroup(),
                restored ? (row.restoreMillis() + row.verifyMillis()) / MILLIS : null,
                restored ? row.restoreMillis() / MILLIS : null,
                restored ? row.verifyMillis() / MILLIS : null,
                row.logicalBytes(),
                row.restoredBytes(),
                bytesPerSecond(row),
                checks.stream().map(Check::of).toList(),
                row.damagedRanges(),
                row.moreDamaged(),
                row.error());
    }

    static @Nullable Long bytesPerSecond(RestoreTestRow row) {
        return row.restoreMillis() == 0 ? null : row.restoredBytes() * 1000 / row.restoreMillis();
    }
}
