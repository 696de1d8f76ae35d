package io.diskvault.health;

import io.diskvault.policy.BackupSchedule;
import java.time.Duration;
import java.time.Instant;

/// When a recovery point is to be expected, and when it is missed.
///
/// A backup takes its time, and one that fails is repeated: a point may come as late as the next slot, but not more
/// than four hours late, which no weekly schedule excuses.
///
/// @param due the slot whose point comes next
/// @param late from when on it is late
/// @param lost from when on the point of the slot after it is late, too
public record ExpectedPoint(Instant due, Instant late, Instant lost) {
    private static final Duration GRACE_MAX = Duration.ofHours(4);

    /// @param last the newest recovery point, or when the instance came under the schedule
    public static ExpectedPoint of(BackupSchedule schedule, Instant last) {
        Instant due = schedule.nextAfter(last);
        Instant second = schedule.nextAfter(due);
        Duration between = Duration.between(due, second);
        Duration grace = between.compareTo(GRACE_MAX) < 0 ? between : GRACE_MAX;
        return new ExpectedPoint(due, due.plus(grace), second.plus(grace));
    }
}
