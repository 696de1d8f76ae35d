package io.diskvault.policy.web;

import io.diskvault.policy.Peak;
import io.diskvault.policy.RetentionRule;
import io.diskvault.policy.view.PolicyRow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A policy as callers read it.
///
/// @param peak the most recovery points it keeps of one disk; null if it is not worked out yet
/// @param peakBefore the same of the version before this one; null if there is none
record PolicyResponse(
        String vault,
        String name,
        long version,
        ScheduleResponse schedule,
        List<RetentionRule> retention,
        @Nullable Peak peak,
        @Nullable Peak peakBefore,
        Instant createdTime) {
    static PolicyResponse of(PolicyRow row) {
        return new PolicyResponse(
                row.vault(),
                row.name(),
                row.version(),
                ScheduleResponse.of(row.backupSchedule()),
                row.retentionRules().rules(),
                row.peak(),
                row.peakBefore(),
                row.createdAt());
    }

    /// The version as HTTP names it.
    String entityTag() {
        return "\"" + version + "\"";
    }
}
