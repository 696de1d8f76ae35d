package io.diskvault.policy.web;

import io.diskvault.policy.BackupSchedule;
import io.diskvault.policy.RetentionRule;
import io.diskvault.policy.view.PolicyRow;
import java.time.Instant;
import java.util.List;

/// A policy as callers read it.
record PolicyResponse(
        String vault,
        String name,
        long version,
        BackupSchedule schedule,
        List<RetentionRule> retention,
        Instant createdTime) {
    static PolicyResponse of(PolicyRow row) {
        return new PolicyResponse(
                row.vault(),
                row.name(),
                row.version(),
                row.backupSchedule(),
                row.retentionRules().rules(),
                row.createdAt());
    }

    /// The version as HTTP names it.
    String entityTag() {
        return "\"" + version + "\"";
    }
}
