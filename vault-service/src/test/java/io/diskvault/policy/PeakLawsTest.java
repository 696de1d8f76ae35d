package io.diskvault.policy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import org.junit.jupiter.api.Test;

/// The peak of a policy holds whenever an instance begins to follow it.
class PeakLawsTest {
    private static final long SEED = 4;
    private static final int POLICIES = 40;
    private static final int DAYS = 2 * 366;

    /// Tries the starts of all days of two years, each until everything is in its steady state and a year is
    /// over.
    @Test
    void noStartOfTwoYearsExceedsIt() {
        Policies policies = new Policies(SEED);
        int reached = 0;
        for (int i = 0; i < POLICIES; i++) {
            PolicySimulation policy = policies.next(
                    i % 3 == 0
                            ? BackupFrequency.EVERY_12_HOURS
                            : i % 3 == 1 ? BackupFrequency.DAILY : BackupFrequency.WEEKLY,
                    45);
            Instant from = policy.schedule().nextAfter(Instant.EPOCH).minusSeconds(1);
            Peak peak = PolicyAdmission.peak(policy.schedule(), policy.retention(), from);
            int most = 0;
            for (int day = 0; day < DAYS; day++) {
                most = Math.max(
                        most,
                        most(policy, from.atOffset(ZoneOffset.UTC).plusDays(day).toInstant()));
            }
            assertTrue(
                    most <= peak.livePoints(),
                    "seed " + SEED + ", policy " + i + ": " + most + " points, " + peak + " of " + policy);
            reached += most == peak.livePoints() ? 1 : 0;
        }
        assertTrue(reached >= POLICIES * 9 / 10, "only " + reached + " peaks are ever reached");
    }

    private static int most(PolicySimulation policy, Instant start) {
        Instant end = policy.retention().rules().stream()
                .map(rule -> rule.duration().after(start, policy.zone()))
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .atOffset(ZoneOffset.UTC)
                .plusMonths(1)
                .toInstant();
        ReferenceModel model = new ReferenceModel(policy.schedule(), policy.retention());
        int most = 0;
        for (Instant slot = policy.schedule().nextAfter(start.minusNanos(1));
                slot.isBefore(end);
                slot = policy.schedule().nextAfter(slot)) {
            model.expireBefore(slot);
            model.backUp(slot);
            most = Math.max(most, model.size());
        }
        return most;
    }
}
