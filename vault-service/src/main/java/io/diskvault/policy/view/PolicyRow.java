package io.diskvault.policy.view;

import io.diskvault.policy.BackupSchedule;
import io.diskvault.policy.Peak;
import io.diskvault.policy.PolicyAdmission;
import io.diskvault.policy.PolicyEvent.PolicyChanged;
import io.diskvault.policy.PolicyEvent.PolicyCreated;
import io.diskvault.policy.PolicyId;
import io.diskvault.policy.RetentionDuration;
import io.diskvault.policy.RetentionRule;
import io.diskvault.policy.RetentionRules;
import io.diskvault.policy.RetentionTag;
import io.diskvault.policy.RetentionTerms;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One backup policy as people see it, in its current version.
///
/// @param id the policy's path: `prod/gold`
/// @param schedule its repeating interval as text
/// @param retention its rules as text: `Default=P7D,Daily=P30D`
/// @param peakPoints the most recovery points that it keeps of one disk
/// @param peakReachedAt when that can be for the first time
/// @param peakPointsBefore the same of the version before
@MappedEntity("backup_policy")
public record PolicyRow(
        @Id String id,
        String vault,
        String name,
        long version,
        String schedule,
        @Nullable String timeZone,
        String retention,
        @Nullable Integer peakPoints,
        @Nullable Instant peakReachedAt,
        @Nullable Integer peakPointsBefore,
        @Nullable Instant peakReachedAtBefore,
        Instant createdAt) {
    /// The row of a new policy.
    static PolicyRow of(PolicyCreated event) {
        PolicyId policy = event.policy();
        Peak peak = PolicyAdmission.peak(event.schedule(), event.retention(), event.at());
        return new PolicyRow(
                policy.path(),
                policy.vault(),
                policy.name(),
                event.version(),
                textOf(event.schedule()),
                zoneOf(event.schedule()),
                textOf(event.retention()),
                peak.livePoints(),
                peak.reachedAt(),
                null,
                null,
                event.at());
    }

    /// The row after a change.
    PolicyRow changed(PolicyChanged event) {
        Peak peak = PolicyAdmission.peak(event.schedule(), event.retention(), event.at());
        return new PolicyRow(
                id,
                vault,
                name,
                event.version(),
                textOf(event.schedule()),
                zoneOf(event.schedule()),
                textOf(event.retention()),
                peak.livePoints(),
                peak.reachedAt(),
                peakPoints,
                peakReachedAt,
                createdAt);
    }

    private static String textOf(BackupSchedule schedule) {
        return schedule.repeatingTimeIntervals().getFirst().text();
    }

    private static @Nullable String zoneOf(BackupSchedule schedule) {
        return schedule.timeZone().map(ZoneId::getId).orElse(null);
    }

    private static String textOf(RetentionRules retention) {
        return retention.rules().stream()
                .map(rule -> rule.tag().text() + "=" + rule.duration().text())
                .collect(Collectors.joining(","));
    }

    public PolicyId policyId() {
        return new PolicyId(vault, name);
    }

    public BackupSchedule backupSchedule() {
        BackupSchedule slots = BackupSchedule.of(schedule);
        return timeZone == null ? slots : slots.in(timeZone);
    }

    public RetentionRules retentionRules() {
        return new RetentionRules(
                Arrays.stream(retention.split(",", -1)).map(PolicyRow::ruleOf).toList());
    }

    private static RetentionRule ruleOf(String text) {
        int equals = text.indexOf('=');
        return new RetentionRule(
                RetentionTag.of(text.substring(0, equals)), new RetentionDuration(text.substring(equals + 1)));
    }

    /// Whether these are its rules.
    public boolean has(BackupSchedule otherSchedule, RetentionRules otherRetention) {
        return backupSchedule().equals(otherSchedule) && retentionRules().equals(otherRetention);
    }

    /// The most recovery points that this version keeps of one disk; null if the row is from before peaks were
    /// known.
    public @Nullable Peak peak() {
        return peakOf(peakPoints, peakReachedAt);
    }

    /// The same of the version before this one; null also if there is none.
    public @Nullable Peak peakBefore() {
        return peakOf(peakPointsBefore, peakReachedAtBefore);
    }

    private static @Nullable Peak peakOf(@Nullable Integer points, @Nullable Instant reachedAt) {
        return points == null || reachedAt == null ? null : new Peak(points, reachedAt);
    }

    /// What the version says about keeping recovery points.
    public RetentionTerms retentionTerms() {
        return new RetentionTerms(
                policyId(), version, retentionRules(), backupSchedule().calendarZone());
    }
}
