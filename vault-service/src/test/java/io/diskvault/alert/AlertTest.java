package io.diskvault.alert;

import io.diskvault.alert.AlertCommand.AcknowledgeAlert;
import io.diskvault.alert.AlertCommand.CloseAlert;
import io.diskvault.alert.AlertCommand.ReportGone;
import io.diskvault.alert.AlertCommand.ReportOccurrence;
import io.diskvault.alert.AlertCommand.ReportStanding;
import io.diskvault.alert.AlertEvent.AlertAcknowledged;
import io.diskvault.alert.AlertEvent.AlertClosed;
import io.diskvault.alert.AlertEvent.AlertRaised;
import io.diskvault.alert.AlertEvent.AlertRepeated;
import io.diskvault.alert.AlertEvent.AlertResolved;
import io.diskvault.command.CommandRejected;
import java.time.Instant;
import java.util.Optional;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class AlertTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final Instant LATER = Instant.parse("2026-11-01T13:00:00Z");
    private static final Instant EVENING = Instant.parse("2026-11-01T18:00:00Z");

    private static final Cause FAILED =
            Cause.ofInstance(AlertKind.BACKUP_FAILED, "prod", "web-1", "It failed.", "Look.");
    private static final Cause FULL =
            Cause.of(AlertKind.DATASTORE_NEARLY_FULL, "snapshots", "Nearly full.", "Make room.");
    private static final AlertId ID = FAILED.alert();

    private static final AlertFacts OPEN = AlertFacts.opened(ID, FAILED, false, 1, NOON);
    private static final AlertRaised RAISED = new AlertRaised(OPEN, Optional.of("job-1"), NOON);
    private static final AlertClosed CLOSED = new AlertClosed(OPEN.closed("alice", LATER), LATER);

    private static final AlertFacts STANDING = AlertFacts.opened(FULL.alert(), FULL, true, 1, NOON);
    private static final AlertRaised STANDS = new AlertRaised(STANDING, Optional.empty(), NOON);

    private final FixtureConfiguration<Alert> alerts = new AggregateTestFixture<>(Alert.class);

    private static ReportOccurrence failed(String job, Instant at) {
        return new ReportOccurrence(FAILED, job, 1, at);
    }

    @Test
    void theFirstOccurrenceOpensIt() {
        alerts.givenNoPriorActivity().when(failed("job-1", NOON)).expectEvents(RAISED);
    }

    @Test
    void furtherOnesAreCounted() {
        alerts.given(RAISED)
                .when(failed("job-2", LATER))
                .expectEvents(new AlertRepeated(OPEN.repeated(FAILED, 1, LATER), "job-2", LATER));
        alerts.given(RAISED)
                .when(new ReportOccurrence(FAILED, "slots", 7, LATER))
                .expectEvents(new AlertRepeated(OPEN.repeated(FAILED, 7, LATER), "slots", LATER));
    }

    @Test
    void theSameOneIsCountedOnce() {
        alerts.given(RAISED).when(failed("job-1", LATER)).expectNoEvents();
        alerts.given(RAISED, CLOSED).when(failed("job-1", EVENING)).expectNoEvents();
    }

    @Test
    void aNewOneOpensItAgainAndCountsAnew() {
        alerts.given(RAISED, CLOSED)
                .when(failed("job-2", EVENING))
                .expectEvents(new AlertRaised(
                        AlertFacts.opened(ID, FAILED, false, 1, EVENING), Optional.of("job-2"), EVENING));
    }

    @Test
    void oneThatIsAcknowledgedStaysSoWhenItHappensAgain() {
        AlertFacts seen = OPEN.acknowledged("alice", NOON);
        alerts.given(RAISED, new AlertAcknowledged(seen, NOON))
                .when(failed("job-2", LATER))
                .expectEvents(new AlertRepeated(seen.repeated(FAILED, 1, LATER), "job-2", LATER));
    }

    @Test
    void itIsClosedWhenItsCauseIsGone() {
        alerts.given(RAISED)
                .when(new ReportGone(ID, LATER))
                .expectEvents(new AlertResolved(OPEN.closed(AlertFacts.SYSTEM, LATER), LATER));
        alerts.given(RAISED, CLOSED).when(new ReportGone(ID, EVENING)).expectNoEvents();
        alerts.givenNoPriorActivity().when(new ReportGone(ID, NOON)).expectNoEvents();
    }

    @Test
    void whatLastsIsReportedOnce() {
        alerts.givenNoPriorActivity().when(new ReportStanding(FULL, NOON)).expectEvents(STANDS);
        alerts.given(STANDS).when(new ReportStanding(FULL, LATER)).expectNoEvents();
    }

    @Test
    void whatLastsStaysClosedWhenSomebodyClosesItUntilItComesBack() {
        AlertClosed closed = new AlertClosed(STANDING.closed("alice", LATER), LATER);
        AlertResolved gone = new AlertResolved(closed.alert().resolved(EVENING), EVENING);
        alerts.given(STANDS, closed).when(new ReportStanding(FULL, EVENING)).expectNoEvents();
        alerts.given(STANDS, closed).when(new ReportGone(FULL.alert(), EVENING)).expectEvents(gone);
        alerts.given(STANDS, closed, gone)
                .when(new ReportStanding(FULL, EVENING))
                .expectEvents(new AlertRaised(
                        AlertFacts.opened(FULL.alert(), FULL, true, 1, EVENING), Optional.empty(), EVENING));
    }

    @Test
    void whatGetsWorseIsNews() {
        Cause worse = FULL.as(Severity.CRITICAL);
        alerts.given(STANDS)
                .when(new ReportStanding(worse, LATER))
                .expectEvents(new AlertRaised(
                        AlertFacts.opened(FULL.alert(), worse, true, 1, LATER), Optional.empty(), LATER));
        Cause milder = FULL.as(Severity.INFORMATION);
        alerts.given(STANDS).when(new ReportStanding(milder, LATER)).expectNoEvents();
    }

    @Test
    void somebodyAcknowledgesItOnce() {
        AlertAcknowledged seen = new AlertAcknowledged(OPEN.acknowledged("alice", LATER), LATER);
        alerts.given(RAISED).when(new AcknowledgeAlert(ID, "alice", LATER)).expectEvents(seen);
        alerts.given(RAISED, seen)
                .when(new AcknowledgeAlert(ID, "bob", EVENING))
                .expectNoEvents();
    }

    @Test
    void somebodyClosesItOnce() {
        alerts.given(RAISED).when(new CloseAlert(ID, "alice", LATER)).expectEvents(CLOSED);
        alerts.given(RAISED, CLOSED).when(new CloseAlert(ID, "bob", EVENING)).expectNoEvents();
    }

    @Test
    void oneThatIsClosedCannotBeAcknowledged() {
        alerts.given(RAISED, CLOSED)
                .when(new AcknowledgeAlert(ID, "bob", EVENING))
                .expectException(CommandRejected.class);
        alerts.givenNoPriorActivity().when(new CloseAlert(ID, "bob", EVENING)).expectException(CommandRejected.class);
    }
}
