package io.diskvault.alert.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.alert.AlertSettings;
import io.diskvault.alert.notice.Receiver.Notice;
import io.diskvault.alert.web.AlertResponse;
import io.micronaut.context.exceptions.ConfigurationException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What notices say, how they are signed and when they are tried again, and what settings are refused.
class AlertEveryNoticeTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final String SECRET = "a-secret-of-the-webhook";

    private static Notice notice(Change change, String severity, String instance) {
        return new Notice(
                "event mail",
                change,
                new AlertResponse(
                        "id",
                        "BackupFailed",
                        severity,
                        "New",
                        "prod",
                        instance,
                        null,
                        "It failed.",
                        "Look.",
                        1,
                        NOON,
                        NOON,
                        null,
                        null,
                        null,
                        null,
                        NOON),
                "{}");
    }

    @Test
    void theSubjectNamesTheWorst() {
        List<Notice> notices = List.of(
                notice(Change.RESOLVED, "Critical", "a1"),
                notice(Change.RAISED, "Warning", "b1"),
                notice(Change.RAISED, "Critical", "c1"));
        assertEquals("[Diskvault] Critical: BackupFailed prod/c1 and 2 more", MailText.subject(notices));
        assertEquals("[Diskvault] Over: BackupFailed prod/a1", MailText.subject(notices.subList(0, 1)));
        assertEquals("[Diskvault] Warning: BackupFailed prod/b1 and 1 more", MailText.subject(notices.subList(0, 2)));
    }

    @Test
    void nothingInAnAlertBeginsAHeader() {
        String subject = MailText.subject(List.of(notice(Change.RAISED, "Critical", "a\r\nBcc: all@example.org")));
        assertFalse(subject.contains("\r") || subject.contains("\n"), subject);
    }

    /// Worked out by another program: HMAC-SHA256 over the timestamp, a point and the body.
    @Test
    void theSignatureIsWhatReceiversWorkOut() {
        assertEquals(
                "sha256=4a1cdf47c719d416f877fba9972c95ff8a999039b7ed9784a927cb6ce9a9e54c",
                Signature.of(SECRET, "1762000000", "{\"id\":\"x\"}"));
    }

    @Test
    void attemptsComeLessAndLessOften() {
        assertEquals(Duration.ofSeconds(10), Backoff.after(1));
        assertEquals(Duration.ofSeconds(80), Backoff.after(4));
        assertEquals(Duration.ofMinutes(30), Backoff.after(1000));
        assertFalse(Backoff.isTooOld(NOON, NOON.plus(Duration.ofDays(3))));
        assertTrue(Backoff.isTooOld(NOON, NOON.plus(Duration.ofDays(3).plusSeconds(1))));
    }

    @Test
    void settingsThatCannotWorkAreRefusedAndKeepTheirSecrets() {
        assertRefused(() -> new WebhookSettings("https://example.org/x", ""), "only one is set");
        assertRefused(() -> new WebhookSettings("https://example.org/x", "short"), "has 5 characters; 16");
        assertRefused(() -> new WebhookSettings("file:/etc/passwd", SECRET), "webhook.url is no address");
        assertRefused(() -> new WebhookSettings("https://me:pw@example.org/", SECRET), "webhook.url is no address");
        assertRefused(() -> mail("nonsense", "to@example.org", "StartTls", ""), "mail.from has 'nonsense'");
        assertRefused(() -> mail("me@example.org", "", "StartTls", ""), "say who gets the e-mail");
        assertRefused(() -> mail("me@example.org", "to@example.org", "Ssl", ""), "security is Ssl");
        assertRefused(() -> mail("me@example.org", "to@example.org", "None", "me"), "in clear text");
        assertEquals("WebhookSettings[example.org]", new WebhookSettings("https://example.org/x", SECRET).toString());
        assertEquals(
                "MailSettings[host:25]",
                mail("me@example.org", "to@example.org", "Tls", "me").toString());
        assertEquals(
                "DeadManSettings[example.org, PT5M]",
                new DeadManSettings("https://example.org/x", Duration.ofMinutes(5)).toString());
    }

    private static MailSettings mail(String from, String to, String security, String username) {
        return new MailSettings("host", 25, security, from, List.of(to), username, "password");
    }

    private static void assertRefused(org.junit.jupiter.api.function.Executable making, String message) {
        String said = String.valueOf(
                assertThrows(ConfigurationException.class, making).getMessage());
        assertTrue(said.contains(message), said);
        assertFalse(said.contains(SECRET) || said.contains("pw@"), said);
    }

    @Test
    void settingsOutOfTheirBoundsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new DeadManSettings("", Duration.ofSeconds(29)));
        assertThrows(
                IllegalArgumentException.class, () -> new AlertSettings(Optional.of(Duration.ofMinutes(59)), 90, 90));
        assertThrows(IllegalArgumentException.class, () -> new AlertSettings(Optional.empty(), 49, 90));
        assertThrows(IllegalArgumentException.class, () -> new AlertSettings(Optional.empty(), 90, 100));
    }
}
