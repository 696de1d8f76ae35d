package io.diskvault.instance.web;

import io.diskvault.instance.BackupKind;
import io.diskvault.instance.InstanceEvent.ExpiryReason;
import io.diskvault.instance.KeepReason;
import io.diskvault.instance.ProtectionState;
import io.diskvault.instance.view.InstanceRow;
import io.diskvault.instance.view.RecoveryPointRow;
import io.diskvault.policy.PolicyId;
import io.diskvault.policy.RetentionTag;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// Why a recovery point is there, by which rule, and until when; and of one that is gone when and why it went. In one
/// sentence, for people.
final class Reasons {
    private Reasons() {}

    /// @param instance that the point belongs to
    static String whyKept(RecoveryPointRow point, InstanceRow instance, Instant now) {
        return origin(point) + "; " + keeper(point, instance, now);
    }

    static String whyRemoved(RecoveryPointRow point) {
        String cause = switch (ExpiryReason.valueOf(Objects.requireNonNull(point.expiryReason()))) {
            case RETENTION_ELAPSED ->
                "its time was up at %s%s".formatted(point.expiryTime(), formerKeepers(keptBy(point)));
            case INSTANCE_DELETED -> "its backup instance was deleted";
            case INSTANCE_PURGED -> "its deleted backup instance was purged";
        };
        return "%s; removed at %s because %s".formatted(origin(point), point.expiredTime(), cause);
    }

    /// What had kept a point beyond its time.
    static List<KeepReason> keptBy(RecoveryPointRow point) {
        return point.keptBy() == null || point.keptBy().isEmpty()
                ? List.of()
                : Arrays.stream(point.keptBy().split(",", -1))
                        .map(KeepReason::valueOf)
                        .toList();
    }

    private static String origin(RecoveryPointRow point) {
        return "%s by rule %s (%s) of policy %s version %d"
                .formatted(
                        kind(point),
                        point.retentionTag(),
                        point.retentionDuration(),
                        PolicyId.parse(point.policy()).name(),
                        point.policyVersion());
    }

    private static String kind(RecoveryPointRow point) {
        if (point.kind().equals(BackupKind.ON_DEMAND.text())) {
            return "On-demand backup";
        }
        LocalDate day = LocalDate.ofInstant(point.snapshotTime(), ZoneId.of(point.timeZone()));
        return switch (RetentionTag.of(point.retentionTag())) {
            case DEFAULT -> "Scheduled backup";
            case DAILY -> "First successful backup of the day " + day;
            case WEEKLY ->
                "First successful backup of the week of "
                        + day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTHLY -> "First successful backup of the month " + YearMonth.from(day);
            case YEARLY -> "First successful backup of the year " + day.getYear();
        };
    }

    private static String keeper(RecoveryPointRow point, InstanceRow instance, Instant now) {
        if (point.holdTime() != null) {
            return "kept by a legal hold since %s (%s)".formatted(point.holdTime(), point.holdReason());
        }
        if (point.exports() > 0) {
            return "kept because it is exported; its time is up at " + point.expiryTime();
        }
        return switch (ProtectionState.of(instance.protectionState())) {
            case SOFT_DELETED -> "kept until its deleted backup instance is purged at " + instance.purgeTime();
            case PROTECTION_STOPPED -> "kept for as long as protection is stopped";
            case PROTECTION_CONFIGURED, BACKUPS_SUSPENDED -> byItsTime(point, instance, now);
        };
    }

    private static String byItsTime(RecoveryPointRow point, InstanceRow instance, Instant now) {
        if (point.expiryTime().isAfter(now)) {
            return "kept until " + point.expiryTime();
        }
        return point.id().equals(instance.latestPoint())
                ? "kept although its time was up at %s: it is the newest".formatted(point.expiryTime())
                : "its time was up at %s and the next expiry removes it".formatted(point.expiryTime());
    }

    /// What kept a point beyond its time, to be put behind that.
    static String formerKeepers(List<KeepReason> keptBy) {
        return keptBy.isEmpty()
                ? ""
                : keptBy.stream()
                        .map(Reasons::formerKeeper)
                        .collect(Collectors.joining(" and ", "; it had been kept longer ", ""));
    }

    private static String formerKeeper(KeepReason reason) {
        return switch (reason) {
            case NEWEST -> "as the newest";
            case LEGAL_HOLD -> "by a legal hold";
            case EXPORTED -> "by an export";
            case PROTECTION_STOPPED -> "while protection was stopped";
            case SOFT_DELETED -> "while its backup instance was deleted";
            case TIME_LEFT -> "while it had time left";
        };
    }
}
