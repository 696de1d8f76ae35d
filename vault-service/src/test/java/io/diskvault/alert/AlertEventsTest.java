package io.diskvault.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diskvault.alert.AlertEvent.AlertAcknowledged;
import io.diskvault.alert.AlertEvent.AlertClosed;
import io.diskvault.alert.AlertEvent.AlertRaised;
import io.diskvault.alert.AlertEvent.AlertRepeated;
import io.diskvault.alert.AlertEvent.AlertResolved;
import io.diskvault.testing.Snapshots;
import io.diskvault.testing.StoredEvents;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlertEventsTest {
    private static final Instant AT = Instant.parse("2026-11-01T12:00:00.123Z");
    private static final String TIME = "\"at\":\"2026-11-01T12:00:00.123Z\"}";
    private static final Cause CAUSE = Cause.ofInstance(AlertKind.BACKUP_FAILED, "prod", "web-1", "It failed.", "Look.")
            .shownBy("job-1")
            .inGroup("snapshots");
    private static final String ID = "256a7f2b-0cfa-32a4-8c89-5e2273603adc";
    private static final AlertFacts OPEN = AlertFacts.opened(CAUSE.alert(), CAUSE, false, 2, AT);

    @SuppressWarnings("NullAway") // only the names of a module are asked for
    private static AlertModule module() {
        return new AlertModule();
    }

    private static String facts(String state, String acknowledged, String closed) {
        return "{\"alert\":{\"id\":\"" + ID + "\",\"cause\":{\"kind\":\"BackupFailed\",\"severity\":\"Critical\","
                + "\"subject\":\"prod/web-1\",\"vault\":\"prod\",\"instance\":\"web-1\",\"resourceGroup\":\"snapshots\","
                + "\"message\":\"It failed.\",\"recommendedAction\":\"Look.\",\"job\":\"job-1\"},\"state\":\"" + state
                + "\",\"standing\":false,\"count\":2,\"firstTime\":\"2026-11-01T12:00:00.123Z\","
                + "\"lastTime\":\"2026-11-01T12:00:00.123Z\",\"acknowledged\":" + acknowledged + ",\"closed\":" + closed
                + "},";
    }

    private static String by(String who) {
        return "{\"by\":\"" + who + "\"," + TIME;
    }

    /// The ids are those of the alerts of all installations: they must not become others.
    @Test
    void anIdFollowsFromItsCause() {
        assertEquals(ID, CAUSE.alert().text());
        assertEquals("alert:" + ID, CAUSE.alert().toString());
    }

    @Test
    void areStoredAsEverBefore() {
        new StoredEvents(module())
                .hold(
                        "alert.raised",
                        facts("New", "null", "null") + "\"occurrence\":\"job-1\"," + TIME,
                        new AlertRaised(OPEN, Optional.of("job-1"), AT))
                .hold(
                        "alert.repeated",
                        facts("New", "null", "null") + "\"occurrence\":\"job-1\"," + TIME,
                        new AlertRepeated(OPEN, "job-1", AT))
                .hold(
                        "alert.acknowledged",
                        facts("Acknowledged", by("alice"), "null") + TIME,
                        new AlertAcknowledged(OPEN.acknowledged("alice", AT), AT))
                .hold(
                        "alert.closed",
                        facts("Closed", "null", by("alice")) + TIME,
                        new AlertClosed(OPEN.closed("alice", AT), AT))
                .hold(
                        "alert.resolved",
                        facts("Closed", "null", by("system")) + TIME,
                        new AlertResolved(OPEN.resolved(AT), AT))
                .areAll();
    }

    @Test
    void anAlertComesBackFromItsSnapshot() {
        Alert alert = new Alert();
        alert.on(new AlertRaised(OPEN, Optional.of("job-1"), AT));
        alert.on(new AlertRepeated(OPEN.repeated(CAUSE, 1, AT), "job-2", AT));
        new Snapshots(module()).restored("alert.snapshot", alert);
    }
}
