package io.diskvault.restoretest;

import io.diskvault.command.GeneralRejection;
import io.diskvault.policy.BackupSchedule;

/// What a version of a restore test plan consists of.
///
/// @param schedule when tests are started
/// @param sharePercent how many of the instances that can be tested are, each time; at least one is
/// @param recoveryPoint which of its recovery points
/// @param test what each test does
/// @param maxAgeDays after how many days without a proof an instance is overdue
public record PlanTerms(
        BackupSchedule schedule, int sharePercent, PointChoice recoveryPoint, TestTerms test, int maxAgeDays) {
    /// What counts where nobody said.
    public static final int MAX_AGE_DAYS = 30;

    private static final int MAX_AGE_DAYS_MAX = 3650;

    public PlanTerms {
        if (sharePercent < 1 || sharePercent > 100) {
            throw GeneralRejection.invalid("sharePercent is %d; 1 to 100 is allowed.".formatted(sharePercent));
        }
        if (maxAgeDays < 1 || maxAgeDays > MAX_AGE_DAYS_MAX) {
            throw GeneralRejection.invalid(
                    "maxAge is P%dD; P1D to P%dD is allowed.".formatted(maxAgeDays, MAX_AGE_DAYS_MAX));
        }
    }
}
