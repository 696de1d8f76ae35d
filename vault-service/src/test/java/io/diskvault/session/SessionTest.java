package io.diskvault.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.access.AccessTokens;
import io.diskvault.testing.ShiftedClock;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Signed in with a browser.
@ParameterizedClass
@EnumSource
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // the fields are set before the first test
class SessionTest {
    private static final String VAULTS = "/api/v1/backup-vaults";
    private static final String SESSION = "/api/v1/session";

    @TempDir
    static Path directory;

    @Parameter
    TestDatabase database;

    Map<String, Object> settings;
    TestServer server;

    @BeforeParameterizedClassInvocation
    void start() {
        settings = new HashMap<>(database.fresh(directory.resolve(database.name())));
        settings.put(ShiftedClock.SETTING, true);
        settings.put("diskvault.sign-in.failures", 10);
        server = TestServer.start(settings);
    }

    @AfterParameterizedClassInvocation
    void stop() {
        server.close();
    }

    private Browser browser() {
        return Browser.signIn(server, TestServer.TOKEN);
    }

    private JsonNode issue(String name, String more) {
        Answer issued = server.post("/api/v1/tokens", "{\"name\":\"%s\"%s}".formatted(name, more));
        assertEquals(201, issued.status(), () -> issued.body().toString());
        return issued.body();
    }

    private Answer signInByBody(String type, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.url().resolve(SESSION))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return TestServer.send(request.build());
    }

    private static String json(String token) {
        return "{\"token\":\"%s\"}".formatted(token);
    }

    @Test
    void theCookieIsKeptFromScriptsAndOtherSites() {
        Answer answer = server.post(SESSION, "{}");
        assertEquals(201, answer.status());
        String cookie = answer.header("set-cookie");
        assertTrue(cookie.matches("(?i)diskvault-session=[-\\w]{43}; *Path=/; *HttpOnly; *SameSite=Strict"), cookie);
        assertFalse(answer.body().toString().contains(Browser.of(server, answer).secret()));
        assertEquals("no-store", answer.header("cache-control"));
    }

    @Test
    void behindAProxyWithTlsTheCookieIsSecure() {
        Browser browser = browser();
        Answer answer = server.send(
                "POST", SESSION, "{}", "Origin", "https://" + server.url().getAuthority());
        String cookie = answer.header("set-cookie");
        assertTrue(
                cookie.matches(
                        "(?i)__Host-diskvault-session=[-\\w]{43}; *Path=/; *Secure; *HttpOnly; *SameSite=Strict"),
                cookie);
        // The one with the prefix comes from this server for certain; the other may have been put beside it.
        Browser secure = Browser.of(server, answer);
        Browser both = new Browser(server.url(), browser.cookie() + "; " + secure.cookie(), secure.session());
        assertEquals(secure.session().get("id"), both.get(SESSION).body().get("id"));
    }

    @Test
    void whoHasTheCookieIsWhoSignedIn() {
        JsonNode token = issue("browsing", ",\"role\":\"Owner\",\"scope\":\"server\"");
        Browser browser = Browser.signIn(server, token.get("token").asText());
        assertEquals("browsing", browser.session().get("principal").asText());
        assertEquals(200, browser.get(VAULTS).status());

        assertEquals(201, browser.ask("PUT", VAULTS + "/by-page", "{}").status());

        DomainEventMessage<?> event = server.part(EventStore.class)
                .readEvents("vault:by-page")
                .asStream()
                .findFirst()
                .orElseThrow();
        assertEquals("browsing", event.getMetaData().get("principal"));
        assertEquals(token.get("id").asText(), event.getMetaData().get("token"));
        assertEquals(
                browser.session().get("csrfToken"), browser.get(SESSION).body().get("csrfToken"));
    }

    @Test
    void aTokenInABodyOrAFormSignsInToo() {
        Answer byBody = signInByBody("application/json", json(TestServer.TOKEN));
        assertEquals(201, byBody.status(), () -> byBody.body().toString());
        assertEquals(200, Browser.of(server, byBody).get(VAULTS).status());
        Answer byForm = signInByBody("application/x-www-form-urlencoded", "token=" + TestServer.TOKEN);
        assertEquals(201, byForm.status(), () -> byForm.body().toString());
        assertEquals(200, Browser.of(server, byForm).get(VAULTS).status());

        assertEquals(401, signInByBody("application/json", json("wrong")).status());
        assertEquals(
                "UserErrorTokenMissing", signInByBody("application/json", "{}").code());
        // A session makes no other session: it would never end.
        assertEquals(
                "UserErrorTokenMissing", browser().ask("POST", SESSION, "{}").code());
    }

    @Test
    void anotherSiteSignsNobodyIn() {
        Answer foreign = signInByBody("application/json", json(TestServer.TOKEN), "Origin", "https://evil.example.org");
        assertEquals("UserErrorForeignOrigin", foreign.code());
        assertEquals(
                "UserErrorForeignOrigin",
                signInByBody("application/json", json(TestServer.TOKEN), "Sec-Fetch-Site", "cross-site")
                        .code());
    }

    @Test
    void wrongTokensInABodyAndWrongCookiesAreHeldOff() {
        Map<String, Object> strict = new HashMap<>(TestDatabase.H2.fresh(directory.resolve("strict-" + database)));
        strict.put("diskvault.sign-in.failures", 3);
        strict.put("diskvault.sign-in.longest-wait", "1h");
        TestServer before = server;
        try (TestServer other = TestServer.start(strict)) {
            server = other;
            Browser good = browser();
            assertEquals(200, good.get(VAULTS).status());
            Browser guess = new Browser(other.url(), "diskvault-session=" + "a".repeat(43), good.session());
            Answer wrong = guess.get(VAULTS);
            assertEquals(401, wrong.status());
            assertTrue(
                    wrong.header("set-cookie").matches("(?i)diskvault-session=; *Max-Age=0;.*"),
                    wrong.header("set-cookie"));
            assertEquals(401, signInByBody("application/json", json("guess")).status());
            assertEquals(401, signInByBody("application/json", json("guess")).status());

            assertEquals(429, signInByBody("application/json", json("guess")).status());
            assertEquals(429, guess.get(VAULTS).status());
            // Who was right before, is looked at; then the address begins anew.
            assertEquals(200, good.get(VAULTS).status());
        } finally {
            server = before;
        }
    }

    @Test
    void aCookieAloneChangesNothing() {
        Browser browser = browser();
        String path = VAULTS + "/forged";
        assertRefused("UserErrorCsrfTokenInvalid", browser.send("PUT", path, "{}", "Origin", browser.origin()));
        for (String wrong : new String[] {"", "x", browser().csrfToken(), browser.secret()}) {
            assertRefused(
                    "UserErrorCsrfTokenInvalid",
                    browser.send("PUT", path, "{}", "Origin", browser.origin(), "X-CSRF-Token", wrong));
        }
        assertRefused("UserErrorForeignOrigin", browser.send("PUT", path, "{}", "X-CSRF-Token", browser.csrfToken()));
        for (String origin : new String[] {
            "https://evil.example.org",
            "null",
            "",
            browser.origin() + ".evil.example.org",
            "http://" + server.url().getHost(),
            "ftp://" + server.url().getAuthority()
        }) {
            assertRefused(
                    "UserErrorForeignOrigin",
                    browser.send("PUT", path, "{}", "Origin", origin, "X-CSRF-Token", browser.csrfToken()));
        }
        for (String site : new String[] {"cross-site", "same-site", "none", ""}) {
            assertRefused(
                    "UserErrorForeignOrigin",
                    browser.send(
                            "PUT",
                            path,
                            "{}",
                            "Origin",
                            browser.origin(),
                            "Sec-Fetch-Site",
                            site,
                            "X-CSRF-Token",
                            browser.csrfToken()));
        }
        assertEquals(404, server.get(path).status());
    }

    private static void assertRefused(String code, Answer answer) {
        assertEquals(403, answer.status(), () -> answer.body().toString());
        assertEquals(code, answer.code());
    }

    @Test
    void aTokenComesBeforeACookie() {
        Browser browser = browser();
        String nobody = issue("nobody", "").get("token").asText();
        assertEquals(
                404,
                browser.send("PUT", VAULTS + "/whose", "{}", "Authorization", "Bearer " + nobody)
                        .status());
        assertEquals(
                201,
                browser.send("PUT", VAULTS + "/mine", "{}", "Authorization", "Bearer " + TestServer.TOKEN)
                        .status());
        Answer wrong = browser.send("GET", VAULTS, "", "Authorization", "Bearer wrong");
        assertEquals(401, wrong.status());
        assertEquals("", wrong.header("set-cookie"));
        assertEquals(200, browser.get(VAULTS).status());
        assertEquals("UserErrorNotSignedIn", server.get(SESSION).code());
    }

    @Test
    void eachSignInHasASecretOfItsOwnAndEndsTheSessionBefore() {
        Browser planted = browser();
        Answer again = planted.send("POST", SESSION, "", "Authorization", "Bearer " + TestServer.TOKEN);
        assertNotEquals(planted.secret(), Browser.of(server, again).secret());
        assertEquals(200, Browser.of(server, again).get(VAULTS).status());
        assertEquals(401, planted.get(VAULTS).status());

        Browser madeUp = new Browser(server.url(), "diskvault-session=chosen-by-somebody", planted.session());
        Answer fresh = madeUp.send("POST", SESSION, "", "Authorization", "Bearer " + TestServer.TOKEN);
        assertNotEquals(madeUp.secret(), Browser.of(server, fresh).secret());
    }

    @Test
    void aSessionEndsWhenItIsNotUsed() {
        Browser browser = browser();
        ShiftedClock.advance(Duration.ofHours(7));
        assertEquals(200, browser.get(VAULTS).status());
        ShiftedClock.advance(Duration.ofHours(7));
        assertEquals(200, browser.get(VAULTS).status());
        ShiftedClock.advance(Duration.ofHours(8));
        assertEquals(401, browser.get(VAULTS).status());
    }

    @Test
    void aSessionEndsHoweverMuchItIsUsed() {
        Browser browser = browser();
        for (int i = 0; i < 3; i++) {
            ShiftedClock.advance(Duration.ofHours(7));
            assertEquals(200, browser.get(VAULTS).status());
        }
        ShiftedClock.advance(Duration.ofHours(3));
        assertEquals(401, browser.get(VAULTS).status());
    }

    @Test
    void aSessionEndsWithItsToken() {
        JsonNode revoked = issue("revoked", "");
        Browser ofRevoked = Browser.signIn(server, revoked.get("token").asText());
        Instant soon = server.part(Clock.class).instant().plus(Duration.ofHours(1));
        Browser ofExpiring = Browser.signIn(
                server,
                issue("expiring", ",\"expiresAt\":\"%s\"".formatted(soon))
                        .get("token")
                        .asText());
        assertEquals(soon, Instant.parse(ofExpiring.session().get("expiresAt").asText()));
        assertEquals(200, ofRevoked.get(SESSION).status());
        assertEquals(200, ofExpiring.get(SESSION).status());

        server.delete("/api/v1/tokens/" + revoked.get("id").asText());
        ShiftedClock.advance(Duration.ofHours(1));

        assertEquals(401, ofRevoked.get(SESSION).status());
        assertEquals(401, ofExpiring.get(SESSION).status());
        assertFalse(server.get("/api/v1/sessions").body().toString().contains("\"revoked\""));
    }

    @Test
    void signingOutEndsTheSessionAtOnce() {
        Browser browser = browser();
        assertEquals("UserErrorNotSignedIn", server.delete(SESSION).code());
        Answer out = browser.ask("DELETE", SESSION, "");
        assertEquals(204, out.status());
        assertTrue(out.header("set-cookie").matches("(?i)diskvault-session=; *Max-Age=0;.*"), out.header("set-cookie"));
        assertEquals(401, browser.get(VAULTS).status());
    }

    @Test
    void sessionsAreListedAndEndedByThoseWhoMay() {
        Browser alice = Browser.signIn(server, issue("alice", "").get("token").asText());
        Browser bob = Browser.signIn(server, issue("bob", "").get("token").asText());
        JsonNode own = alice.get("/api/v1/sessions").body().get("items");
        assertEquals(1, own.size());
        assertEquals(alice.session().get("id"), own.get(0).get("id"));
        assertFalse(own.toString().contains(alice.csrfToken()));
        String bobs = "/api/v1/sessions/" + bob.session().get("id").asText();
        assertEquals("UserErrorSessionNotFound", alice.ask("DELETE", bobs, "").code());
        assertTrue(server.get("/api/v1/sessions?limit=500").body().toString().contains("\"bob\""));

        assertEquals(204, server.delete(bobs).status());

        assertEquals(401, bob.get(SESSION).status());
        assertEquals(200, alice.get(SESSION).status());
    }

    @Test
    void whoSignsInAgainAndAgainFillsNoTable() {
        String token = issue("restless", "").get("token").asText();
        Browser first = Browser.signIn(server, token);
        for (int i = 0; i < 50; i++) {
            Browser.signIn(server, token);
        }
        assertEquals(401, first.get(SESSION).status());
        Browser last = Browser.signIn(server, token);
        assertEquals(
                50, last.get("/api/v1/sessions?limit=500").body().get("items").size());
    }

    @Test
    void aSessionOutlivesARestart() {
        Browser browser = browser();
        server.close();
        server = TestServer.start(settings);
        Browser after = new Browser(server.url(), browser.cookie(), browser.session());
        assertEquals(200, after.get(VAULTS).status());
        assertEquals(201, after.ask("PUT", VAULTS + "/later", "{}").status());
    }

    @Test
    void theServersOwnTokenIsNotForBrowsers() {
        Answer refused = TestServer.send(HttpRequest.newBuilder(server.url().resolve(SESSION))
                .header(
                        "Authorization",
                        "Bearer " + server.part(AccessTokens.class).processToken())
                .POST(BodyPublishers.noBody())
                .build());
        assertRefused("UserErrorNoSessionForProcess", refused);
    }

    @Test
    void aSettingOutOfItsBoundsIsRefused() {
        Duration day = Duration.ofDays(1);
        assertEquals(new SessionSettings(Duration.ofHours(8), day), server.part(SessionSettings.class));
        assertThrows(IllegalArgumentException.class, () -> new SessionSettings(Duration.ofMinutes(4), day));
        assertThrows(IllegalArgumentException.class, () -> new SessionSettings(day, Duration.ofHours(23)));
        assertThrows(IllegalArgumentException.class, () -> new SessionSettings(day, Duration.ofDays(31)));
    }
}
