package io.diskvault.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(names = "H2")
class ForecastEndpointsTest {
    private static final String POLICY = Protected.VAULT_PATH + "/backup-policies/silver";
    private static final String RULES = """
            "schedule":{"repeatingTimeIntervals":["R/2026-11-01T00:00:00+01:00/PT4H"],"timeZone":"Europe/Amsterdam"},
            "retention":[{"tag":"Default","duration":"P1D"},{"tag":"Daily","duration":"P30D"},
                         {"tag":"Weekly","duration":"P12W"}]""";

    @Parameter
    TestDatabase database;

    @TempDir
    Path directory;

    TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(Protected.settings(database, directory));
        Protected.makeDisk(directory, "web-1.img", 4, 100_000);
        Protected.configure(server, directory);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void assertRefused(int status, String code, String detail, Answer answer) {
        assertEquals(status, answer.status(), answer.body()::toString);
        assertEquals(code, answer.code());
        assertTrue(answer.body().get("detail").asText().contains(detail), answer.body()::toString);
    }

    private Answer propose(String more) {
        return server.post("/api/v1/policy-forecasts", "{" + RULES + "," + more + "}");
    }

    private static Map<String, Long> tags(Answer forecast) {
        return StreamSupport.stream(forecast.body().get("points").spliterator(), false)
                .collect(
                        Collectors.groupingBy(point -> point.get("retentionTag").asText(), Collectors.counting()));
    }

    @Test
    void aForecastTellsWhatWillBeThereAtTheEndOfADay() {
        assertEquals(201, server.put(POLICY, "{" + RULES + "}").status());
        Answer forecast = server.get(POLICY + "/forecast?on=2027-03-29&from=2026-11-20T10:00:00Z");
        assertEquals(200, forecast.status(), forecast.body()::toString);
        assertTrue(forecast.body().get("admitted").asBoolean());
        // the clocks went forward the day before
        assertEquals("2027-03-29T21:59:59.999999999Z", forecast.body().get("at").asText());
        assertEquals(Map.of("Default", 5L, "Daily", 25L, "Weekly", 12L), tags(forecast));
        assertEquals(42, forecast.body().get("livePoints").asInt());
        assertEquals(
                "{\"recoveryPoint\":null,\"snapshotTime\":\"2027-03-29T19:00:00Z\",\"retentionTag\":\"Default\","
                        + "\"expiryTime\":\"2027-03-30T19:00:00Z\"}",
                forecast.body().get("points").get(0).toString());
        assertEquals(
                "{\"recoveryPoint\":null,\"snapshotTime\":\"2027-01-10T23:00:00Z\",\"retentionTag\":\"Weekly\","
                        + "\"expiryTime\":\"2027-04-04T22:00:00Z\"}",
                forecast.body().get("points").get(41).toString());
    }

    @Test
    void aProposedPolicyIsForecastLikeASavedOne() {
        assertEquals(201, server.put(POLICY, "{" + RULES + "}").status());
        Answer proposed = propose("\"on\":\"2027-03-29\",\"from\":\"2026-11-20T10:00:00Z\"");
        assertEquals(200, proposed.status(), proposed.body()::toString);
        assertEquals(
                server.get(POLICY + "/forecast?on=2027-03-29&from=2026-11-20T10:00:00Z")
                        .body(),
                proposed.body());
        assertFalse(server.post(
                        "/api/v1/policy-forecasts",
                        "{" + RULES.replace("P1D", "P90D")
                                + ",\"on\":\"2037-03-29\",\"from\":\"2026-11-20T10:00:00Z\"}")
                .body()
                .get("admitted")
                .asBoolean());
    }

    @Test
    void aPolicyThatWouldKeepTooManyPointsIsRefused() {
        assertRefused(
                422,
                "UserErrorMaxRecoveryPointsReached",
                "at most 180 are allowed. With the other rules as they are, this would fit: Default P28D.",
                server.put(POLICY, "{" + RULES.replace("P1D", "P90D") + "}"));
        assertEquals(404, server.get(POLICY).status());
    }

    @Test
    void aChangeTellsWhatItDoesToThePeak() {
        Answer made = server.put(POLICY, "{" + RULES + "}");
        assertTrue(made.body().get("peakBefore").isNull());
        assertEquals(45, made.body().at("/peak/livePoints").asInt());
        Answer changed = server.send("PUT", POLICY, "{" + RULES.replace("P12W", "P20W") + "}", "If-Match", "\"1\"");
        assertEquals(200, changed.status(), changed.body()::toString);
        assertEquals(made.body().get("peak"), changed.body().get("peakBefore"));
        assertEquals(53, changed.body().at("/peak/livePoints").asInt());
        assertEquals(changed.body(), server.get(POLICY).body());
        assertRefused(
                422,
                "UserErrorMaxRecoveryPointsReached",
                "The policy would keep up to",
                server.send("PUT", POLICY, "{" + RULES.replace("P12W", "P10Y") + "}", "If-Match", "\"2\""));
        assertEquals(2, server.get(POLICY).body().get("version").asInt());
    }

    @Test
    void anInstancesPointsOfTodayAreAmongThoseForecast() {
        String point = Protected.backUp(server).get("recoveryPoint").asText();
        Instant now = Instant.parse(server.get(Protected.INSTANCE_PATH + "/recovery-points/" + point)
                .body()
                .get("snapshotTime")
                .asText());
        String gold = Protected.VAULT_PATH + "/backup-policies/gold/forecast?instance=web-1&on=";
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        assertTrue(has(point, server.get(gold + today.plusDays(5))));
        Answer later = server.get(gold + today.plusDays(8));
        assertFalse(has(point, later));
        assertEquals(168, later.body().get("livePoints").asInt(), later.body()::toString);
        // The newest stays: no other is made before the year 2100.
        Answer alone = server.post("/api/v1/policy-forecasts", """
                {"schedule":{"repeatingTimeIntervals":["R/2100-01-01T00:00:00+00:00/P1D"]},
                 "retention":[{"tag":"Default","duration":"P7D"}],"on":"2099-12-31","instance":"prod/web-1"}""");
        assertTrue(has(point, alone), alone.body()::toString);
        assertEquals(1, alone.body().get("livePoints").asInt());
        assertRefused(
                404,
                "UserErrorBackupInstanceNotFound",
                "'prod/absent'",
                server.get(gold.replace("web-1", "absent") + today.plusDays(8)));
    }

    @Test
    void aForecastForAnInstanceKnowsHoldsAndItsState() {
        String held = Protected.backUp(server).get("recoveryPoint").asText();
        String newest = Protected.backUp(server).get("recoveryPoint").asText();
        String gold = Protected.VAULT_PATH + "/backup-policies/gold/forecast?instance=web-1&on=";
        String inAMonth = gold + LocalDate.now(Clock.systemUTC()).plusDays(30);
        String hold = Protected.INSTANCE_PATH + "/recovery-points/" + held + "/legal-hold";
        assertEquals(168, livePoints(server.get(inAMonth)));

        assertEquals(200, server.put(hold, "{\"reason\":\"case 7\"}").status());
        Answer configured = server.get(inAMonth);
        assertEquals(169, livePoints(configured), "the held one besides the hourly ones of a week");
        server.post(Protected.INSTANCE_PATH + "/suspend-backups", "{}");
        Answer suspended = server.get(inAMonth);
        assertEquals(2, livePoints(suspended), "the held one and the newest");
        assertEquals(204, server.delete(hold).status());
        assertEquals(1, livePoints(server.get(inAMonth)), "the newest");
        assertTrue(has(newest, server.get(inAMonth)));

        server.post(Protected.INSTANCE_PATH + "/stop-protection", "{}");
        Answer stopped = server.get(inAMonth);
        assertEquals(2, livePoints(stopped), "all, and no more");
        assertTrue(has(held, stopped));

        server.delete(Protected.INSTANCE_PATH);
        assertEquals(
                2, livePoints(server.get(gold + LocalDate.now(Clock.systemUTC()).plusDays(10))));
        assertEquals(0, livePoints(server.get(inAMonth)), "purged by then");
    }

    private static int livePoints(Answer forecast) {
        assertEquals(200, forecast.status(), forecast.body()::toString);
        return forecast.body().get("livePoints").asInt();
    }

    private static boolean has(String point, Answer forecast) {
        for (JsonNode listed : forecast.body().get("points")) {
            if (listed.get("recoveryPoint").asText().equals(point)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void refusesBadQuestions() {
        String invalid = "UserErrorInvalidRequest";
        assertRefused(422, invalid, "on is missing", propose("\"from\":\"2026-11-20T10:00:00Z\""));
        assertRefused(422, invalid, "on is 'soon'", propose("\"on\":\"soon\""));
        assertRefused(422, invalid, "on is 9999-12-31", propose("\"on\":\"9999-12-31\""));
        assertRefused(422, invalid, "from is", propose("\"on\":\"2026-12-01\",\"from\":\"2026-12-02T00:00:00Z\""));
        assertRefused(
                422,
                invalid,
                "more than a hundred years",
                propose("\"on\":\"2127-01-01\",\"from\":\"2026-11-20T10:00:00Z\""));
        assertEquals(400, propose("\"on\":\"2026-12-01\",\"until\":1").status());
        assertRefused(404, "UserErrorBackupPolicyNotFound", "silver", server.get(POLICY + "/forecast?on=2026-12-01"));
    }
}
