package io.diskvault.restoretest;

import io.diskvault.command.CommandRejected;
import io.diskvault.instance.InstanceId;
import io.diskvault.job.JobId;
import io.diskvault.policy.BackupSchedule;
import io.diskvault.resourcegroup.ResourceGroupId;
import io.diskvault.restoretest.RestoreTestPlanCommand.DecideTests;
import io.diskvault.restoretest.RestoreTestPlanCommand.DeletePlan;
import io.diskvault.restoretest.RestoreTestPlanCommand.EnterPlan;
import io.diskvault.restoretest.RestoreTestPlanCommand.RunTests;
import io.diskvault.restoretest.RestoreTestPlanCommand.SetPlan;
import io.diskvault.restoretest.RestoreTestPlanCommand.StrikePlan;
import io.diskvault.restoretest.RestoreTestPlanEvent.RestoreTestPlanDeleted;
import io.diskvault.restoretest.RestoreTestPlanEvent.RestoreTestPlanSet;
import io.diskvault.restoretest.RestoreTestPlanEvent.RestoreTestsDecided;
import io.diskvault.vault.VaultId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class RestoreTestPlanTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final Instant SLOT = Instant.parse("2026-11-02T02:00:00Z");
    private static final Instant NEXT = Instant.parse("2026-11-09T02:00:00Z");
    private static final RestoreTestPlanId PLAN = new RestoreTestPlanId(new VaultId("prod"));
    private static final TestTerms TEST = TestTerms.usual(new ResourceGroupId("scratch"));
    private static final PlanTerms WEEKLY = terms(50);
    private static final PlanTerms MORE = terms(100);
    private static final List<ChosenTest> TESTS = List.of(new ChosenTest(
            new InstanceId("prod", "web-1"),
            "point-1",
            JobId.forOccasion("restore-test", "prod/web-1", "slot"),
            Optional.empty()));

    private static final RestoreTestPlanSet SET = new RestoreTestPlanSet(PLAN, 1, WEEKLY, NOON);
    private static final RestoreTestsDecided DECIDED = new RestoreTestsDecided(PLAN, 1, SLOT, TESTS, SLOT);

    private final FixtureConfiguration<RestoreTestPlan> plan = new AggregateTestFixture<>(RestoreTestPlan.class);

    private static PlanTerms terms(int share) {
        return new PlanTerms(BackupSchedule.of("R/2026-11-02T02:00:00+00:00/P1W"), share, PointChoice.LATEST, TEST, 30);
    }

    private static EnterPlan set(PlanTerms terms, Long... expected) {
        return new EnterPlan(new SetPlan(PLAN, terms, List.of(expected).stream().findFirst(), NOON));
    }

    private static DecideTests decide(long version, Instant slot, Instant at) {
        return new DecideTests(new RunTests(PLAN, version, slot, TEST, TESTS, at));
    }

    @Test
    void isMadeOnceAndChangedOnItsVersion() {
        plan.givenNoPriorActivity().when(set(WEEKLY)).expectEvents(SET);
        plan.given(SET).when(set(WEEKLY)).expectNoEvents().expectSuccessfulHandlerExecution();
        plan.given(SET).when(set(MORE)).expectNoEvents().expectException(CommandRejected.class);
        plan.given(SET).when(set(MORE, 2L)).expectNoEvents().expectException(CommandRejected.class);
        plan.given(SET).when(set(MORE, 1L)).expectEvents(new RestoreTestPlanSet(PLAN, 2, MORE, NOON));
        plan.givenNoPriorActivity().when(set(MORE, 1L)).expectException(CommandRejected.class);
    }

    @Test
    void countsItsVersionsOnWhenItIsMadeAnew() {
        RestoreTestPlanDeleted deleted = new RestoreTestPlanDeleted(PLAN, NOON);
        plan.given(SET).when(new StrikePlan(new DeletePlan(PLAN, NOON))).expectEvents(deleted);
        plan.given(SET, deleted)
                .when(new StrikePlan(new DeletePlan(PLAN, NOON)))
                .expectException(CommandRejected.class);
        plan.given(SET, deleted).when(set(WEEKLY)).expectEvents(new RestoreTestPlanSet(PLAN, 2, WEEKLY, NOON));
    }

    @Test
    void startsTheTestsOfASlotOnce() {
        plan.given(SET).when(decide(1, SLOT, SLOT)).expectEvents(DECIDED).expectResultMessagePayload(true);
        plan.given(SET, DECIDED)
                .when(decide(1, SLOT, SLOT.plusSeconds(60)))
                .expectNoEvents()
                .expectResultMessagePayload(false);
        plan.given(SET, DECIDED)
                .when(decide(1, NEXT, NEXT))
                .expectEvents(new RestoreTestsDecided(PLAN, 1, NEXT, TESTS, NEXT));
    }

    @Test
    void slotsBeforeThePlanAreNotItsOwn() {
        Instant before = NOON.minus(Duration.ofDays(1));
        plan.given(SET).when(decide(1, before, NOON)).expectNoEvents().expectResultMessagePayload(false);
        plan.given(SET, new RestoreTestPlanDeleted(PLAN, NOON))
                .when(decide(1, SLOT, SLOT))
                .expectNoEvents();
    }

    @Test
    void whatWasChosenByAnotherVersionIsChosenAnew() {
        plan.given(SET, new RestoreTestPlanSet(PLAN, 2, MORE, NOON))
                .when(decide(1, SLOT, SLOT))
                .expectNoEvents();
    }

    @Test
    void whatWasDecidedWhileAClockWasAheadKeepsNothingWaiting() {
        Instant ahead = NEXT.plus(Duration.ofDays(700));
        plan.given(SET, new RestoreTestsDecided(PLAN, 1, ahead, TESTS, ahead))
                .when(decide(1, NEXT, NEXT))
                .expectEvents(new RestoreTestsDecided(PLAN, 1, NEXT, TESTS, NEXT));
    }
}
