package io.diskvault.restoretest;

import io.diskvault.instance.InstanceId;
import io.diskvault.job.JobError;
import io.diskvault.job.JobId;
import io.diskvault.resourcegroup.ResourceGroupId;
import io.diskvault.restoretest.RestoreTestCommand.DecideTest;
import io.diskvault.restoretest.RestoreTestCommand.RaiseProofOverdue;
import io.diskvault.restoretest.RestoreTestCommand.RecordTest;
import io.diskvault.restoretest.RestoreTestCommand.RequestTest;
import io.diskvault.restoretest.RestoreTestCommand.ResolveProofOverdue;
import io.diskvault.restoretest.RestoreTestEvent.RestoreProofOverdueRaised;
import io.diskvault.restoretest.RestoreTestEvent.RestoreProofOverdueResolved;
import io.diskvault.restoretest.RestoreTestEvent.RestoreTestEnded;
import io.diskvault.restoretest.RestoreTestEvent.RestoreTestRequested;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class InstanceTestsTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final Instant LATER = Instant.parse("2026-12-05T12:00:00Z");
    private static final InstanceId WEB = new InstanceId("prod", "web-1");
    private static final JobId JOB = JobId.forOccasion("restore-test", "prod/web-1", "slot");
    private static final TestTerms TERMS = TestTerms.usual(new ResourceGroupId("scratch"));
    private static final TestEvidence PROVEN = TestEvidence.restored(100, 50, 3, 2, List.of());
    private static final TestEvidence LOST = TestEvidence.notRestorable(
            100,
            List.of(),
            List.of(new DamagedRange(0, 50)),
            0,
            new JobError("UserErrorDatastoreDamaged", "It is.", "Do.", false));
    private static final TestEvidence BROKEN = TestEvidence.restored(
            100, 50, 3, 2, List.of(new CheckResult("script", CheckResult.Outcome.FAILED, "Exit status 1.", 9)));

    private static final RestoreTestRequested REQUESTED =
            new RestoreTestRequested(WEB, JOB, "point-1", TERMS, Optional.empty(), NOON);
    private static final RestoreProofOverdueRaised RAISED = new RestoreProofOverdueRaised(WEB, NOON, 30, LATER);
    private static final RestoreProofOverdueResolved RESOLVED = new RestoreProofOverdueResolved(WEB, LATER);

    private final FixtureConfiguration<InstanceTests> tests = new AggregateTestFixture<>(InstanceTests.class);

    private static RecordTest found(TestEvidence evidence) {
        return new RecordTest(WEB, JOB, "point-1", evidence, LATER);
    }

    private static RestoreTestEnded ended(TestEvidence evidence) {
        return new RestoreTestEnded(WEB, JOB, "point-1", evidence, LATER);
    }

    @Test
    void aTestIsAskedForOnce() {
        DecideTest decide = new DecideTest(new RequestTest(WEB, JOB, "point-1", TERMS, Optional.empty(), NOON));
        tests.givenNoPriorActivity().when(decide).expectEvents(REQUESTED).expectResultMessagePayload(true);
        tests.given(REQUESTED).when(decide).expectNoEvents().expectResultMessagePayload(false);
    }

    @Test
    void theFirstWordAboutAJobCounts() {
        tests.given(REQUESTED).when(found(PROVEN)).expectEvents(ended(PROVEN));
        tests.given(REQUESTED, ended(LOST)).when(found(PROVEN)).expectNoEvents().expectSuccessfulHandlerExecution();
    }

    @Test
    void anAlertIsRaisedOnceAndEndsWithAProofOnly() {
        RaiseProofOverdue raise = new RaiseProofOverdue(WEB, NOON, 30, LATER);
        tests.givenNoPriorActivity().when(raise).expectEvents(RAISED).expectResultMessagePayload(true);
        tests.given(RAISED).when(raise).expectNoEvents().expectResultMessagePayload(false);
        tests.given(RAISED).when(found(LOST)).expectEvents(ended(LOST));
        tests.given(RAISED).when(found(BROKEN)).expectEvents(ended(BROKEN));
        tests.given(RAISED).when(found(PROVEN)).expectEvents(ended(PROVEN), RESOLVED);
        tests.given(RAISED, RESOLVED)
                .when(new RaiseProofOverdue(WEB, LATER, 30, LATER))
                .expectEvents(new RestoreProofOverdueRaised(WEB, LATER, 30, LATER));
    }

    @Test
    void anAlertEndsAlsoWhenNothingIsExpectedAnyMore() {
        ResolveProofOverdue resolve = new ResolveProofOverdue(WEB, LATER);
        tests.given(RAISED).when(resolve).expectEvents(RESOLVED);
        tests.given(RAISED, RESOLVED).when(resolve).expectNoEvents();
    }

    @Test
    void anInstanceThatIsMadeAnewIsOverdueOnItsOwnAccount() {
        tests.given(RAISED)
                .when(new RaiseProofOverdue(WEB, LATER, 30, LATER))
                .expectEvents(new RestoreProofOverdueRaised(WEB, LATER, 30, LATER));
    }
}
