package io.diskvault.instance.web;

import static java.util.stream.Collectors.joining;

import io.diskvault.instance.ExpiryPlan;
import io.diskvault.instance.KeepReason;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/// What expiry would do, as callers read it.
record ExpiryPlanResponse(Instant at, List<Line> expiring, List<Line> staying) {
    /// @param why it goes or stays, and when it goes, in one sentence
    record Line(String point, Instant snapshotTime, Instant expiryTime, List<KeepReason> keptBy, String why) {}

    static ExpiryPlanResponse of(ExpiryPlan plan) {
        return new ExpiryPlanResponse(
                plan.at(),
                lines(plan.expiring(), ExpiryPlanResponse::whyItGoes),
                lines(plan.staying(), ExpiryPlanResponse::whyItStays));
    }

    private static List<Line> lines(List<ExpiryPlan.Entry> entries, Function<ExpiryPlan.Entry, String> why) {
        return entries.stream()
                .map(entry -> new Line(
                        entry.point(), entry.snapshotTime(), entry.expiryTime(), entry.keptBy(), why.apply(entry)))
                .toList();
    }

    private static String whyItGoes(ExpiryPlan.Entry entry) {
        return "Goes at the next expiry: its time was up at %s%s."
                .formatted(entry.expiryTime(), Reasons.formerKeepers(entry.keptBy()));
    }

    private static String whyItStays(ExpiryPlan.Entry entry) {
        return entry.keptBy().stream()
                .map(reason -> keeper(reason, entry.expiryTime()))
                .collect(joining(", and ", "Stays ", "."));
    }

    private static String keeper(KeepReason reason, Instant expiryTime) {
        return switch (reason) {
            case TIME_LEFT -> "until its time is up at " + expiryTime;
            case NEWEST ->
                "although its time was up at %s: it is the newest, and goes once there is a newer one"
                        .formatted(expiryTime);
            case LEGAL_HOLD -> "until its legal hold is released";
            case EXPORTED -> "until the exports of it have ended";
            case PROTECTION_STOPPED -> "for as long as protection is stopped";
            case SOFT_DELETED -> "until its deleted backup instance is purged";
        };
    }
}
