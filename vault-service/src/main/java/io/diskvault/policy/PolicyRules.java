package io.diskvault.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What one version of a policy consists of, for comparing it with another one.
public record PolicyRules(BackupSchedule schedule, RetentionRules retention) {
    /// Which tags a point can match beside `Default`. The first of a month is the first of its day too, and so on;
    /// weeks begin within months and years.
    private static final List<Set<RetentionTag>> MATCHES = List.of(
            Set.of(),
            Set.of(RetentionTag.DAILY),
            Set.of(RetentionTag.DAILY, RetentionTag.WEEKLY),
            Set.of(RetentionTag.DAILY, RetentionTag.MONTHLY),
            Set.of(RetentionTag.DAILY, RetentionTag.WEEKLY, RetentionTag.MONTHLY),
            Set.of(RetentionTag.DAILY, RetentionTag.MONTHLY, RetentionTag.YEARLY),
            Set.of(RetentionTag.DAILY, RetentionTag.WEEKLY, RetentionTag.MONTHLY, RetentionTag.YEARLY));

    /// Whether an instance is worse off with those rules: some point would go earlier, or the schedule is another
    /// one. Of a schedule nothing more is asked, because one that starts in a hundred years stops all backups.
    ///
    /// @param at from when on points are made
    public boolean areWeakenedBy(PolicyRules next, Instant at) {
        return !schedule.equals(next.schedule) || keepLessAs(next.retention, at);
    }

    /// Whether some point would go earlier with those rules.
    ///
    /// @param at from when on points are made
    public boolean keepLessAs(RetentionRules next, Instant at) {
        return keepsLess(next, LocalDate.ofInstant(at, ZoneOffset.UTC));
    }

    private boolean keepsLess(RetentionRules next, LocalDate from) {
        return MATCHES.stream()
                .anyMatch(tags -> !ruleFor(next, tags)
                        .duration()
                        .isAtLeast(ruleFor(retention, tags).duration(), from));
    }

    private static RetentionRule ruleFor(RetentionRules rules, Set<RetentionTag> tags) {
        return rules.rules().stream()
                .filter(rule -> rule.tag() == RetentionTag.DEFAULT || tags.contains(rule.tag()))
                .min(Comparator.comparingInt(rule -> rule.tag().priority()))
                .orElseThrow();
    }

    /// As it is told in messages: `every day from 2026-11-01 02:00 +01:00 on (time zone Europe/Amsterdam),
    /// kept for 1 week (Default), 3 months (Weekly)`.
    public String text() {
        return "%s%s, kept for %s"
                .formatted(
                        schedule.repeatingTimeIntervals().getFirst().words(),
                        schedule.timeZone().map(" (time zone %s)"::formatted).orElse(""),
                        retention.rules().stream()
                                .map(rule -> "%s (%s)"
                                        .formatted(
                                                rule.duration().words(),
                                                rule.tag().text()))
                                .collect(Collectors.joining(", ")));
    }
}
