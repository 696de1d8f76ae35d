package io.diskvault.alert.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.diskvault.alert.AlertKind;
import io.diskvault.alert.Alerts;
import io.diskvault.alert.Cause;
import io.diskvault.testing.ShiftedClock;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.web.Views;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// One server, one mailbox and one program that listens, in the order of the story.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AlertEmailAndWebhookTest {
    private static final String SECRET = "a-secret-of-the-webhook";

    private static final Cause FAILED =
            Cause.ofInstance(AlertKind.BACKUP_FAILED, "prod", "web-1", "It failed.", "Look.");

    @TempDir
    private static Path directory;

    private static final GreenMail MAIL = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static HookServer hook;

    /// Of yesterday: what is many days old is told once and then given up.
    private static Instant start;

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        start = Instant.now().minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
        MAIL.start();
        hook = new HookServer();
        Map<String, Object> settings = new HashMap<>(TestDatabase.POSTGRESQL.fresh(directory));
        settings.put(ShiftedClock.SETTING, true);
        settings.put("diskvault.alerts.mail.host", "127.0.0.1");
        settings.put("diskvault.alerts.mail.port", MAIL.getSmtp().getPort());
        settings.put("diskvault.alerts.mail.security", "None");
        settings.put("diskvault.alerts.mail.from", "diskvault@example.org");
        settings.put("diskvault.alerts.mail.to", List.of("operator@example.org"));
        settings.put("diskvault.alerts.webhook.url", hook.url("/hook"));
        settings.put("diskvault.alerts.webhook.secret", SECRET);
        settings.put("diskvault.alerts.dead-man.url", hook.url("/alive"));
        server = TestServer.start(settings);
    }

    @AfterAll
    static void stop() {
        server.close();
        hook.close();
        MAIL.stop();
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, () -> "waited in vain: " + what + "; told: " + hook.told());
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static void awaitTold(int count) {
        await(count + " notices", () -> hook.told().size() >= count);
        assertEquals(count, hook.told().size());
    }

    private static Alerts alerts() {
        return server.part(Alerts.class);
    }

    @Test
    @Order(1)
    void aNewAlertIsToldWithASignature() throws Exception {
        alerts().occurred(FAILED, "job-1", start);
        awaitTold(1);
        HookServer.Told told = hook.told().getFirst();
        JsonNode alert = new JsonMapper().readTree(told.body());
        assertEquals(FAILED.alert().text(), alert.get("id").asText());
        assertEquals("BackupFailed", alert.get("kind").asText());
        assertEquals(start.toString(), alert.get("firstTime").asText());
        assertTrue(alert.get("closedBy").isNull());
        assertEquals("raised", told.header("Diskvault-event"));
        assertEquals(
                Signature.of(SECRET, told.header("Diskvault-timestamp"), told.body()),
                told.header("Diskvault-signature"));
        assertEquals(
                alert, server.get("/api/v1/alerts/" + FAILED.alert().text()).body());
    }

    @Test
    @Order(2)
    void peopleGetAnEmail() throws Exception {
        assertTrue(MAIL.waitForIncomingEmail(20_000, 1));
        MimeMessage mail = MAIL.getReceivedMessages()[0];
        assertEquals("[Diskvault] Critical: BackupFailed prod/web-1", mail.getSubject());
        assertEquals("operator@example.org", mail.getAllRecipients()[0].toString());
        String text = GreenMailUtil.getBody(mail);
        assertTrue(text.contains("It failed.") && text.contains("What to do: Look."), text);
    }

    @Test
    @Order(3)
    void repeatedOnesAreNotToldAndTheirEndIs() {
        alerts().occurred(FAILED, "job-2", start.plusSeconds(60));
        alerts().gone(AlertKind.BACKUP_FAILED, "prod/web-1", start.plusSeconds(120));
        awaitTold(2);
        assertEquals("resolved", hook.told().get(1).header("Diskvault-event"));
        assertTrue(hook.told().get(1).body().contains("\"count\":2"), hook.told()::toString);
        assertTrue(MAIL.waitForIncomingEmail(20_000, 2));
    }

    @Test
    @Order(4)
    void aReceiverThatFailsIsToldLaterInOrderAndHoldsNobodyUp() {
        hook.answer(500);
        int before = hook.asked();
        alerts().occurred(FAILED, "job-3", start.plusSeconds(180));
        alerts().gone(AlertKind.BACKUP_FAILED, "prod/web-1", start.plusSeconds(240));
        await("an attempt", () -> hook.asked() > before);
        assertTrue(MAIL.waitForIncomingEmail(20_000, 3));
        assertEquals(2, hook.told().size());
        hook.answer(204);
        ShiftedClock.advance(Duration.ofMinutes(1));
        awaitTold(4);
        assertEquals("raised", hook.told().get(2).header("Diskvault-event"));
        assertEquals("resolved", hook.told().get(3).header("Diskvault-event"));
    }

    @Test
    @Order(5)
    void whatIsNeverTakenIsGivenUpAndTheNextIsTold() {
        hook.answer(400);
        int before = hook.asked();
        alerts().occurred(FAILED, "job-4", start.plusSeconds(300));
        await("it was refused", () -> hook.asked() > before);
        await("it is given up", () -> server.part(NoticeRows.class).waiting() == 0);
        hook.answer(204);
        String id = FAILED.alert().text();
        server.part(Views.class).catchUp();
        assertEquals(
                200, server.post("/api/v1/alerts/" + id + "/acknowledge", "{}").status());
        awaitTold(5);
        assertEquals("acknowledged", hook.told().get(4).header("Diskvault-event"));
    }

    @Test
    @Order(6)
    void aRebuildOfTheProjectionsTellsNothingAgain() {
        StreamingEventProcessor views = server.part(Configuration.class)
                .eventProcessingConfiguration()
                .eventProcessor(Views.GROUP, StreamingEventProcessor.class)
                .orElseThrow();
        views.shutDown();
        views.resetTokens();
        views.start();
        await(
                "the replay's end",
                () -> !views.processingStatus().isEmpty()
                        && views.processingStatus().values().stream().allMatch(status -> status.isCaughtUp()));
        alerts().gone(AlertKind.BACKUP_FAILED, "prod/web-1", start.plusSeconds(360));
        awaitTold(6);
        assertEquals("resolved", hook.told().get(5).header("Diskvault-event"));
    }

    @Test
    @Order(7)
    void itSaysThatAllIsWellOnlyWhileItIs() {
        await("a sign of life", () -> hook.alive() > 0);
        server.part(DeadMan.class).ping();
        int before = hook.alive();
        StreamingEventProcessor notices = server.part(Configuration.class)
                .eventProcessingConfiguration()
                .eventProcessor(NoticeWriter.GROUP, StreamingEventProcessor.class)
                .orElseThrow();
        notices.shutDown();
        server.part(DeadMan.class).ping();
        assertEquals(before, hook.alive());
        notices.start();
        server.part(DeadMan.class).ping();
        assertEquals(before + 1, hook.alive());
    }
}
