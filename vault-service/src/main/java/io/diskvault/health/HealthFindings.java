package io.diskvault.health;

import static io.diskvault.instance.Health.Persistence.PERSISTENT;
import static io.diskvault.instance.Health.Persistence.TRANSIENT;
import static io.diskvault.instance.Health.State.DEGRADED;
import static io.diskvault.instance.Health.State.NOT_PROTECTED;
import static io.diskvault.instance.Health.State.UNHEALTHY;

import io.diskvault.health.HealthFacts.Damage;
import io.diskvault.health.HealthFacts.Failing;
import io.diskvault.health.HealthFacts.Passed;
import io.diskvault.instance.Health;
import io.diskvault.instance.Health.State;
import io.diskvault.instance.ProtectionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// All that is wrong with an instance, now or later: of what is equally bad first what says most.
public record HealthFindings(List<HealthFinding> all) {
    private static final String WAIT = "Start a backup, or wait for the next scheduled one.";

    public HealthFindings {
        all = List.copyOf(all);
    }

    /// Reads no clock: when something becomes wrong is part of each finding.
    public static HealthFindings of(HealthFacts facts) {
        List<HealthFinding> found = new ArrayList<>();
        facts.damage().map(HealthFindings::damaged).ifPresent(found::add);
        facts.failing()
                .filter(_ -> facts.diskMissing())
                .map(HealthFindings::diskMissing)
                .ifPresent(found::add);
        facts.expected().map(expected -> tooOld(facts, expected)).ifPresent(found::add);
        facts.failing().map(HealthFindings::failing).ifPresent(found::add);
        facts.passed().map(HealthFindings::passed).ifPresent(found::add);
        facts.expected().map(expected -> late(facts, expected)).ifPresent(found::add);
        facts.checkFailed().map(HealthFindings::checkFailed).ifPresent(found::add);
        facts.proofOverdue().map(HealthFindings::proofOverdue).ifPresent(found::add);
        return new HealthFindings(found);
    }

    /// How the instance is at an instant.
    public static Health at(HealthFacts facts, Instant now) {
        return switch (facts.state()) {
            case PROTECTION_CONFIGURED ->
                of(facts).all.stream()
                        .filter(finding -> !finding.from().isAfter(now))
                        // The first of the worst: max would take the last of them.
                        .sorted(Comparator.comparing(HealthFinding::state).reversed())
                        .map(HealthFinding::health)
                        .findFirst()
                        .orElse(Health.HEALTHY);
            case PROTECTION_STOPPED, BACKUPS_SUSPENDED, SOFT_DELETED -> notProtected(facts.state());
        };
    }

    /// From when on the instance is as bad as this, or worse, if nothing happens.
    public Optional<Instant> from(State state) {
        return all.stream()
                .filter(finding -> finding.state().compareTo(state) >= 0)
                .map(HealthFinding::from)
                .min(Comparator.naturalOrder());
    }

    private static Health notProtected(ProtectionState state) {
        return switch (state) {
            case PROTECTION_STOPPED ->
                new Health(
                        NOT_PROTECTED,
                        null,
                        "The protection is stopped: there are no backups, and nothing expires.",
                        "Resume the protection if the disk is still of use, or delete the instance.");
            case BACKUPS_SUSPENDED ->
                new Health(
                        NOT_PROTECTED,
                        null,
                        "The backups are suspended, while recovery points go on expiring.",
                        "Resume the protection, or stop it to keep what is there.");
            case SOFT_DELETED ->
                new Health(
                        NOT_PROTECTED,
                        null,
                        "The instance is deleted and will be purged.",
                        "Undelete it before its time to purge if it was deleted by mistake.");
            case PROTECTION_CONFIGURED -> throw new IllegalArgumentException(state.text());
        };
    }

    private static HealthFinding damaged(Damage damage) {
        return damage.provenSince()
                ? new HealthFinding(
                        DEGRADED,
                        PERSISTENT,
                        damage.since(),
                        "The recovery point %s could not be restored whole; another one was proven restorable since."
                                .formatted(damage.point()),
                        "Restore another recovery point where you would have restored this one.")
                : new HealthFinding(
                        UNHEALTHY,
                        PERSISTENT,
                        damage.since(),
                        "The recovery point %s could not be restored whole: data in its datastore is damaged or missing."
                                .formatted(damage.point()),
                        "Start a backup, which writes damaged data again, test the new recovery point, and check the disk"
                                + " that the datastore is on.");
    }

    private static HealthFinding diskMissing(Failing failing) {
        return new HealthFinding(
                UNHEALTHY,
                failing.repeated() ? PERSISTENT : TRANSIENT,
                failing.since(),
                "The disk was not found: %s".formatted(sentence(failing.latest().message())),
                failing.latest().recommendedAction());
    }

    private static HealthFinding failing(Failing failing) {
        String message = sentence(failing.latest().message());
        return new HealthFinding(
                DEGRADED,
                failing.repeated() || !failing.latest().retryable() ? PERSISTENT : TRANSIENT,
                failing.since(),
                failing.times() == 1
                        ? "The latest backup failed: %s".formatted(message)
                        : "The last %d backups failed, the latest so: %s".formatted(failing.times(), message),
                failing.latest().recommendedAction());
    }

    private static HealthFinding tooOld(HealthFacts facts, ExpectedPoint expected) {
        String why = facts.failing()
                .map(failing -> " The latest backup failed: "
                        + sentence(failing.latest().message()))
                .orElse("");
        return new HealthFinding(
                UNHEALTHY,
                PERSISTENT,
                expected.lost(),
                facts.latestPoint()
                        .map(point ->
                                "The newest recovery point is of %s, and at least two that were due since %s are missing.%s"
                                        .formatted(point, expected.due(), why))
                        .orElse("There is no recovery point, and at least two that were due since %s are missing.%s"
                                .formatted(expected.due(), why)),
                facts.failing()
                        .map(failing -> failing.latest().recommendedAction())
                        .orElse("See what became of the instance's slots and jobs, and start a backup."));
    }

    private static HealthFinding late(HealthFacts facts, ExpectedPoint expected) {
        return facts.latestPoint()
                .map(point -> new HealthFinding(
                        DEGRADED,
                        TRANSIENT,
                        expected.late(),
                        "The newest recovery point is of %s, and the one that was due at %s is late."
                                .formatted(point, expected.due()),
                        "See whether its backup is still running or waiting, and what holds it up."))
                .orElseGet(() -> new HealthFinding(
                        DEGRADED,
                        TRANSIENT,
                        facts.since(),
                        "There is no recovery point yet; the first scheduled backup is due at %s."
                                .formatted(expected.due()),
                        WAIT));
    }

    private static HealthFinding passed(Passed passed) {
        return switch (passed.reason()) {
            case MISSED ->
                new HealthFinding(
                        DEGRADED,
                        TRANSIENT,
                        passed.at(),
                        "Scheduled backups were missed because no server was there to start them.",
                        WAIT);
            case LIMIT_REACHED ->
                new HealthFinding(
                        DEGRADED,
                        PERSISTENT,
                        passed.at(),
                        "Scheduled backups are skipped because the instance has as many recovery points as it may have.",
                        "Assign a policy that keeps fewer recovery points, or release legal holds and end exports.");
        };
    }

    private static HealthFinding checkFailed(Instant at) {
        return new HealthFinding(
                DEGRADED,
                PERSISTENT,
                at,
                "The latest restore test brought every byte back, but a check of what is in them failed.",
                "See what the restore test found, and check the disk itself.");
    }

    private static HealthFinding proofOverdue(Instant since) {
        return new HealthFinding(
                DEGRADED,
                PERSISTENT,
                since,
                "No recovery point was proven restorable for longer than the vault's restore test plan allows.",
                "Start a restore test, and see why the plan's own did not come or did not succeed.");
    }

    private static String sentence(String message) {
        String line = message.lines().findFirst().orElse("").strip();
        return line.endsWith(".") ? line : line + ".";
    }
}
