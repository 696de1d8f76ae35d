package io.diskvault.restoretest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diskvault.instance.InstanceId;
import io.diskvault.job.JobError;
import io.diskvault.job.JobId;
import io.diskvault.policy.BackupSchedule;
import io.diskvault.resourcegroup.ResourceGroupId;
import io.diskvault.restoretest.RestoreTestEvent.RestoreProofOverdueRaised;
import io.diskvault.restoretest.RestoreTestEvent.RestoreProofOverdueResolved;
import io.diskvault.restoretest.RestoreTestEvent.RestoreTestEnded;
import io.diskvault.restoretest.RestoreTestEvent.RestoreTestRequested;
import io.diskvault.restoretest.RestoreTestPlanEvent.RestoreTestPlanDeleted;
import io.diskvault.restoretest.RestoreTestPlanEvent.RestoreTestPlanSet;
import io.diskvault.restoretest.RestoreTestPlanEvent.RestoreTestsDecided;
import io.diskvault.testing.Snapshots;
import io.diskvault.testing.StoredEvents;
import io.diskvault.vault.VaultId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RestoreTestEventsTest {
    private static final Instant AT = Instant.parse("2026-11-01T12:00:00.123Z");
    private static final Instant SLOT = Instant.parse("2026-11-01T02:00:00Z");
    private static final String TIME = "\"at\":\"2026-11-01T12:00:00.123Z\"}";
    private static final String ID = "00000000-0000-4000-8000-00000000000a";
    private static final InstanceId WEB = new InstanceId("prod", "web-1");
    private static final JobId JOB = new JobId(UUID.fromString(ID));
    private static final RestoreTestPlanId PLAN = new RestoreTestPlanId(new VaultId("prod"));
    private static final TestTerms TERMS =
            new TestTerms(new ResourceGroupId("scratch"), true, Optional.of("check.sh"), Duration.ofMinutes(10));
    private static final String TERMS_JSON =
            "{\"scratchGroup\":\"scratch\",\"fileSystem\":true,\"script\":\"check.sh\",\"checkTimeLimit\":\"PT10M\"}";
    private static final PlanTerms WEEKLY = new PlanTerms(
            BackupSchedule.of("R/2026-11-01T02:00:00+00:00/P1W").in("Europe/Amsterdam"),
            25,
            PointChoice.RANDOM,
            TERMS,
            30);
    private static final TestEvidence EVIDENCE = new TestEvidence(
            TestOutcome.NOT_RESTORABLE,
            4096,
            1024,
            3,
            2,
            List.of(new CheckResult("content", CheckResult.Outcome.FAILED, "It differs.", 2)),
            List.of(new DamagedRange(0, 512)),
            1,
            Optional.of(new JobError("Code", "Message.", "Action.", false)));

    @SuppressWarnings("NullAway") // only the names of a module are asked for
    private static RestoreTestModule module() {
        return new RestoreTestModule(null, null, null);
    }

    @Test
    void areStoredAsEverBefore() {
        new StoredEvents(module())
                .hold(
                        "restore-test-plan.set",
                        "{\"plan\":\"prod\",\"version\":2,\"terms\":{\"schedule\":{\"repeatingTimeIntervals\":"
                                + "[\"R/2026-11-01T02:00:00+00:00/P1W\"],\"timeZone\":\"Europe/Amsterdam\"},"
                                + "\"sharePercent\":25,\"recoveryPoint\":\"Random\",\"test\":" + TERMS_JSON
                                + ",\"maxAgeDays\":30}," + TIME,
                        new RestoreTestPlanSet(PLAN, 2, WEEKLY, AT))
                .hold("restore-test-plan.deleted", "{\"plan\":\"prod\"," + TIME, new RestoreTestPlanDeleted(PLAN, AT))
                .hold(
                        "restore-test-plan.tests-decided",
                        "{\"plan\":\"prod\",\"version\":2,\"slot\":\"2026-11-01T02:00:00Z\",\"tests\":["
                                + "{\"instance\":\"prod/web-1\",\"recoveryPoint\":\"p1\",\"job\":\"" + ID
                                + "\",\"lastTested\":null}]," + TIME,
                        new RestoreTestsDecided(
                                PLAN, 2, SLOT, List.of(new ChosenTest(WEB, "p1", JOB, Optional.empty())), AT))
                .hold(
                        "restore-test.requested",
                        "{\"instance\":\"prod/web-1\",\"job\":\"" + ID + "\",\"recoveryPoint\":\"p1\",\"terms\":"
                                + TERMS_JSON + ",\"plan\":{\"version\":2,\"slot\":\"2026-11-01T02:00:00Z\"}," + TIME,
                        new RestoreTestRequested(WEB, JOB, "p1", TERMS, Optional.of(new PlannedBy(2, SLOT)), AT))
                .hold(
                        "restore-test.ended",
                        "{\"instance\":\"prod/web-1\",\"job\":\"" + ID + "\",\"recoveryPoint\":\"p1\",\"evidence\":"
                                + "{\"outcome\":\"NotRestorable\",\"logicalBytes\":4096,\"restoredBytes\":1024,"
                                + "\"restoreMillis\":3,\"verifyMillis\":2,\"checks\":[{\"check\":\"content\","
                                + "\"outcome\":\"Failed\",\"detail\":\"It differs.\",\"millis\":2}],"
                                + "\"damaged\":[{\"start\":0,\"end\":512}],\"moreDamaged\":1,\"error\":"
                                + "{\"code\":\"Code\",\"message\":\"Message.\",\"recommendedAction\":\"Action.\","
                                + "\"retryable\":false}}," + TIME,
                        new RestoreTestEnded(WEB, JOB, "p1", EVIDENCE, AT))
                .hold(
                        "restore-test.proof-overdue-raised",
                        "{\"instance\":\"prod/web-1\",\"unprovenSince\":\"2026-11-01T02:00:00Z\",\"maxAgeDays\":30,"
                                + TIME,
                        new RestoreProofOverdueRaised(WEB, SLOT, 30, AT))
                .hold(
                        "restore-test.proof-overdue-resolved",
                        "{\"instance\":\"prod/web-1\"," + TIME,
                        new RestoreProofOverdueResolved(WEB, AT))
                .areAll();
    }

    @Test
    void aggregatesComeBackFromTheirSnapshots() {
        Snapshots snapshots = new Snapshots(module());
        RestoreTestPlan plan = new RestoreTestPlan();
        plan.on(new RestoreTestPlanSet(PLAN, 2, WEEKLY, AT));
        plan.on(new RestoreTestsDecided(PLAN, 2, SLOT, List.of(), AT));
        snapshots.restored("restore-test-plan.snapshot", plan);
        InstanceTests tests = new InstanceTests();
        tests.on(new RestoreTestRequested(WEB, JOB, "p1", TERMS, Optional.empty(), AT));
        tests.on(new RestoreTestEnded(WEB, JOB, "p1", EVIDENCE, AT));
        tests.on(new RestoreProofOverdueRaised(WEB, SLOT, 30, AT));
        snapshots.restored("restore-test.snapshot", tests);
        assertEquals("restore-tests:prod/web-1", new InstanceTestsId(WEB).toString());
    }
}
