package io.diskvault.policy;

import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;

import io.diskvault.command.CommandRejected;
import io.diskvault.policy.PolicyCommand.AssignPolicy;
import io.diskvault.policy.PolicyCommand.ChangePolicy;
import io.diskvault.policy.PolicyCommand.CorrectScheduleTime;
import io.diskvault.policy.PolicyCommand.CreatePolicy;
import io.diskvault.policy.PolicyCommand.DeletePolicy;
import io.diskvault.policy.PolicyCommand.UnassignPolicy;
import io.diskvault.policy.PolicyEntry.EnterPolicy;
import io.diskvault.policy.PolicyEntry.StrikePolicy;
import io.diskvault.policy.PolicyEvent.PolicyAssigned;
import io.diskvault.policy.PolicyEvent.PolicyChanged;
import io.diskvault.policy.PolicyEvent.PolicyCreated;
import io.diskvault.policy.PolicyEvent.PolicyDeleted;
import io.diskvault.policy.PolicyEvent.PolicyUnassigned;
import io.diskvault.policy.PolicyEvent.ScheduleTimeCorrected;
import java.time.Instant;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class PolicyTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final PolicyId GOLD = new PolicyId("prod", "gold");
    private static final BackupSchedule HOURLY = BackupSchedule.of("R/2026-11-01T00:00:00+00:00/PT1H");
    private static final BackupSchedule DAILY = BackupSchedule.of("R/2026-11-01T00:00:00+00:00/P1D");
    private static final RetentionRules WEEK = keep("P7D");

    private static final PolicyCreated CREATED = new PolicyCreated(GOLD, 1, HOURLY, WEEK, NOON);
    private static final PolicyChanged CHANGED = new PolicyChanged(GOLD, 2, DAILY, WEEK, NOON);
    private static final PolicyDeleted DELETED = new PolicyDeleted(GOLD, NOON);
    private static final EnterPolicy CREATE = new EnterPolicy(new CreatePolicy(GOLD, HOURLY, WEEK, NOON));
    private static final StrikePolicy DELETE = new StrikePolicy(new DeletePolicy(GOLD, NOON));

    private final FixtureConfiguration<BackupPolicy> policy = new AggregateTestFixture<>(BackupPolicy.class);

    private static RetentionRules keep(String duration) {
        return new RetentionRules(List.of(new RetentionRule(RetentionTag.DEFAULT, new RetentionDuration(duration))));
    }

    private static PolicyAssigned assigned(String instance) {
        return new PolicyAssigned(GOLD, instance, NOON);
    }

    @Test
    void isCreatedOnceInVersionOne() {
        policy.givenNoPriorActivity().when(CREATE).expectEvents(CREATED);
        policy.given(CREATED).when(CREATE).expectNoEvents().expectSuccessfulHandlerExecution();
    }

    @Test
    void refusesOtherRulesWithoutAVersion() {
        policy.given(CREATED)
                .when(new EnterPolicy(new CreatePolicy(GOLD, DAILY, WEEK, NOON)))
                .expectNoEvents()
                .expectException(CommandRejected.class)
                .expectExceptionMessage(containsString("version 1"));
    }

    @Test
    void aChangeMakesANewVersion() {
        policy.given(CREATED).when(new ChangePolicy(GOLD, 1, DAILY, WEEK, NOON)).expectEvents(CHANGED);
        policy.given(CREATED, CHANGED)
                .when(new ChangePolicy(GOLD, 2, DAILY, keep("P8D"), NOON))
                .expectEvents(new PolicyChanged(GOLD, 3, DAILY, keep("P8D"), NOON));
    }

    @Test
    void refusesAChangeOfAnotherVersion() {
        policy.given(CREATED, CHANGED)
                .when(new ChangePolicy(GOLD, 1, DAILY, keep("P8D"), NOON))
                .expectNoEvents()
                .expectException(CommandRejected.class)
                .expectExceptionMessage(containsString("version 2, not 1"));
        policy.givenNoPriorActivity()
                .when(new ChangePolicy(GOLD, 1, DAILY, WEEK, NOON))
                .expectNoEvents()
                .expectException(CommandRejected.class);
    }

    @Test
    void theSameRulesMakeNoNewVersion() {
        policy.given(CREATED)
                .when(new ChangePolicy(GOLD, 1, HOURLY, WEEK, NOON))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
        policy.given(CREATED, CHANGED)
                .when(new ChangePolicy(GOLD, 1, DAILY, WEEK, NOON))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void aScheduleThatWasSetWhileTheClockWasAheadIsPutRightOnce() {
        CorrectScheduleTime correct = new CorrectScheduleTime(GOLD, NOON.minusSeconds(60));
        ScheduleTimeCorrected corrected = new ScheduleTimeCorrected(GOLD, NOON.minusSeconds(60));
        policy.given(CREATED).when(correct).expectEvents(corrected);
        policy.given(CREATED, CHANGED).when(correct).expectEvents(corrected);
        policy.given(CREATED, corrected).when(correct).expectNoEvents().expectSuccessfulHandlerExecution();
        policy.given(CREATED, corrected, new PolicyChanged(GOLD, 2, HOURLY, keep("P8D"), NOON))
                .when(correct)
                .expectNoEvents();
        policy.given(CREATED, DELETED).when(correct).expectNoEvents().expectException(CommandRejected.class);
    }

    @Test
    void isDeletedOnlyWhenNoInstanceFollowsIt() {
        policy.given(CREATED, assigned("prod/a"), assigned("prod/b"))
                .when(DELETE)
                .expectNoEvents()
                .expectException(CommandRejected.class)
                .expectExceptionMessage(allOf(containsString("2 backup instances"), endsWith(": prod/a, prod/b.")));
        policy.given(CREATED, assigned("prod/a"), assigned("prod/b"), assigned("prod/c"), assigned("prod/d"))
                .when(DELETE)
                .expectExceptionMessage(endsWith(": prod/a, prod/b, prod/c and others."));
        policy.given(CREATED, assigned("prod/a"), new PolicyUnassigned(GOLD, "prod/a", NOON))
                .when(DELETE)
                .expectEvents(DELETED);
        policy.given(CREATED, DELETED).when(DELETE).expectNoEvents().expectException(CommandRejected.class);
    }

    @Test
    void versionsOfAReusedNameGoOn() {
        policy.given(CREATED, CHANGED, DELETED)
                .when(CREATE)
                .expectEvents(new PolicyCreated(GOLD, 3, HOURLY, WEEK, NOON));
    }

    @Test
    void isAssignedAndUnassignedOnce() {
        AssignPolicy assign = new AssignPolicy(GOLD, "prod/a", NOON);
        UnassignPolicy unassign = new UnassignPolicy(GOLD, "prod/a", NOON);
        PolicyUnassigned unassigned = new PolicyUnassigned(GOLD, "prod/a", NOON);
        policy.given(CREATED).when(assign).expectEvents(assigned("prod/a"));
        policy.given(CREATED, assigned("prod/a")).when(assign).expectNoEvents().expectSuccessfulHandlerExecution();
        policy.given(CREATED, assigned("prod/a")).when(unassign).expectEvents(unassigned);
        policy.given(CREATED).when(unassign).expectNoEvents().expectSuccessfulHandlerExecution();
        policy.given(CREATED, DELETED).when(assign).expectNoEvents().expectException(CommandRejected.class);
    }
}
