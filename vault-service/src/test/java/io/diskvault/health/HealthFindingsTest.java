package io.diskvault.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.health.HealthFacts.Damage;
import io.diskvault.health.HealthFacts.Passed;
import io.diskvault.instance.Health;
import io.diskvault.instance.Health.Persistence;
import io.diskvault.instance.Health.State;
import io.diskvault.instance.ProtectionState;
import io.diskvault.job.JobError;
import io.diskvault.policy.BackupSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthFindingsTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-11-21T00:00:00Z");
    private static final BackupSchedule DAILY = BackupSchedule.of("R/2026-11-01T02:00:00+00:00/P1D");
    private static final Instant BACKED_UP = Instant.parse("2026-11-21T02:00:05Z");
    private static final JobError BUSY = new JobError("UserErrorDiskInUse", "The disk is in use", "Wait.", true);

    private static HealthFacts fresh() {
        return HealthFacts.fresh(MIDNIGHT, ExpectedPoint.of(DAILY, MIDNIGHT));
    }

    private static HealthFacts backedUp() {
        return fresh().backedUp(BACKED_UP, ExpectedPoint.of(DAILY, BACKED_UP));
    }

    private static void is(State state, Persistence persistence, String reason, Health health) {
        assertEquals(state, health.state());
        assertEquals(persistence, health.persistence());
        assertTrue(String.valueOf(health.reason()).contains(reason), health::toString);
        assertTrue(
                health.recommendedAction() != null && health.recommendedAction().endsWith("."), health::toString);
    }

    @Test
    void aRecentPointIsHealth() {
        assertEquals(Health.HEALTHY, HealthFindings.at(backedUp(), BACKED_UP));
        assertNull(Health.HEALTHY.persistence());
    }

    @Test
    void withoutAPointItIsNotProtectedYet() {
        is(State.DEGRADED, Persistence.TRANSIENT, "no recovery point yet", HealthFindings.at(fresh(), MIDNIGHT));
        Instant lost = Instant.parse("2026-11-22T06:00:00Z");
        is(State.UNHEALTHY, Persistence.PERSISTENT, "There is no recovery point", HealthFindings.at(fresh(), lost));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T02:00:00Z, HEALTHY",
        "2026-11-22T05:59:59Z, HEALTHY",
        "2026-11-22T06:00:00Z, DEGRADED",
        "2026-11-23T05:59:59Z, DEGRADED",
        "2026-11-23T06:00:00Z, UNHEALTHY",
    })
    void timeAloneMakesItWorse(Instant now, State state) {
        assertEquals(state, HealthFindings.at(backedUp(), now).state());
    }

    @Test
    void hourlyPointsMayComeAsLateAsTheNextSlot() {
        BackupSchedule hourly = BackupSchedule.of("R/2026-11-01T00:00:00+00:00/PT1H");
        ExpectedPoint next = ExpectedPoint.of(hourly, BACKED_UP);
        assertEquals(Instant.parse("2026-11-21T03:00:00Z"), next.due());
        assertEquals(Instant.parse("2026-11-21T04:00:00Z"), next.late());
        assertEquals(Instant.parse("2026-11-21T05:00:00Z"), next.lost());
    }

    @Test
    void theSameFailureAgainIsPersistent() {
        Instant later = BACKED_UP.plus(Duration.ofHours(1));
        HealthFacts once = backedUp().failed(BUSY, later);
        is(State.DEGRADED, Persistence.TRANSIENT, "failed: The disk is in use.", HealthFindings.at(once, later));
        HealthFacts twice = once.failed(BUSY, later);
        is(State.DEGRADED, Persistence.PERSISTENT, "The last 2 backups failed", HealthFindings.at(twice, later));
        HealthFacts mended = twice.backedUp(later, ExpectedPoint.of(DAILY, later));
        assertEquals(Health.HEALTHY, HealthFindings.at(mended, later));
    }

    @Test
    void aMissingDiskIsUnhealthyAtOnce() {
        JobError missing = new JobError(HealthFacts.DISK_NOT_FOUND, "No file.", "Bring it back.", true);
        HealthFacts facts = backedUp().failed(missing, BACKED_UP);
        assertTrue(facts.diskMissing());
        is(State.UNHEALTHY, Persistence.TRANSIENT, "The disk was not found", HealthFindings.at(facts, BACKED_UP));
    }

    @Test
    void damageIsWorseThanEverythingElse() {
        HealthFacts facts =
                backedUp().failed(BUSY, BACKED_UP).damaged(Optional.of(new Damage("point-1", BACKED_UP, false)));
        is(State.UNHEALTHY, Persistence.PERSISTENT, "point-1 could not be", HealthFindings.at(facts, BACKED_UP));
        HealthFacts proven = backedUp().damaged(Optional.of(new Damage("point-1", BACKED_UP, true)));
        is(State.DEGRADED, Persistence.PERSISTENT, "proven restorable since", HealthFindings.at(proven, BACKED_UP));
    }

    @ParameterizedTest
    @CsvSource({"MISSED, TRANSIENT", "LIMIT_REACHED, PERSISTENT"})
    void slotsThatPassNeedSomebody(Passed.Reason reason, Persistence persistence) {
        HealthFacts facts = backedUp().passedOver(new Passed(reason, BACKED_UP));
        is(State.DEGRADED, persistence, "Scheduled backups", HealthFindings.at(facts, BACKED_UP));
    }

    @Test
    void overdueProofsAndFailedChecksAreToldOf() {
        HealthFacts overdue = backedUp().proofOverdue(Optional.of(BACKED_UP));
        is(State.DEGRADED, Persistence.PERSISTENT, "proven", HealthFindings.at(overdue, BACKED_UP));
        HealthFacts failed = backedUp().checked(Optional.of(BACKED_UP));
        is(State.DEGRADED, Persistence.PERSISTENT, "a check", HealthFindings.at(failed, BACKED_UP));
    }

    @Test
    void whatPeopleStoppedIsNotProtected() {
        for (ProtectionState state : ProtectionState.values()) {
            Health health = HealthFindings.at(backedUp().failed(BUSY, BACKED_UP).in(state), BACKED_UP);
            boolean configured = state == ProtectionState.PROTECTION_CONFIGURED;
            assertEquals(configured ? State.DEGRADED : State.NOT_PROTECTED, health.state());
        }
        Instant later = BACKED_UP.plus(Duration.ofDays(100));
        HealthFacts resumed = backedUp()
                .failed(BUSY, BACKED_UP)
                .in(ProtectionState.PROTECTION_STOPPED)
                .resumed(later, ExpectedPoint.of(DAILY, later));
        assertEquals(Health.HEALTHY, HealthFindings.at(resumed, later));
    }

    /// The table is asked by the two times, one instance is told by the findings.
    @Test
    void theTimesSayTheSameAsTheFindings() {
        long seed = 7;
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            HealthFacts facts = random.nextBoolean() ? fresh() : backedUp();
            for (int i = random.nextInt(3); i > 0; i--) {
                facts = facts.failed(
                        random.nextBoolean() ? BUSY : new JobError(HealthFacts.DISK_NOT_FOUND, "M", "A.", true),
                        some(random));
            }
            facts = random.nextInt(4) == 0 ? facts.passedOver(new Passed(Passed.Reason.MISSED, some(random))) : facts;
            facts = random.nextInt(4) == 0
                    ? facts.damaged(Optional.of(new Damage("p", some(random), random.nextBoolean())))
                    : facts;
            facts = random.nextInt(4) == 0 ? facts.proofOverdue(Optional.of(some(random))) : facts;
            Instant now = some(random);
            HealthFindings all = HealthFindings.of(facts);
            State byTimes =
                    all.from(State.UNHEALTHY).filter(from -> !from.isAfter(now)).isPresent()
                            ? State.UNHEALTHY
                            : all.from(State.DEGRADED)
                                            .filter(from -> !from.isAfter(now))
                                            .isPresent()
                                    ? State.DEGRADED
                                    : State.HEALTHY;
            assertEquals(byTimes, HealthFindings.at(facts, now).state(), "seed " + seed + ": " + facts + " at " + now);
        }
    }

    private static Instant some(Random random) {
        return MIDNIGHT.plus(Duration.ofMinutes(random.nextInt(4 * 24 * 60)));
    }
}
