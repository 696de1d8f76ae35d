package io.diskvault.scheduler;

import static io.diskvault.scheduler.Servers.await;
import static io.diskvault.scheduler.Servers.awaitCompletedJobs;
import static io.diskvault.scheduler.Servers.hour;
import static io.diskvault.scheduler.Servers.ledger;
import static io.diskvault.testing.Protected.INSTANCE_PATH;
import static io.diskvault.testing.Protected.VAULT_PATH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.policy.BackupSchedule;
import io.diskvault.policy.PolicyId;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;

@ParameterizedClass
@EnumSource(names = "POSTGRESQL")
class AlarmsTest {
    private static final PolicyId GOLD = new PolicyId("prod", "gold");
    private static final String GOLD_PATH = VAULT_PATH + "/backup-policies/gold";

    /// Slots that are past by any clock: an alarm for one of them goes off as soon as it is set.
    private static final BackupSchedule PAST = BackupSchedule.of("R/2001-01-01T00:00:00+00:00/PT1H");

    private static final Instant LONG_AGO = Instant.parse("2001-01-02T00:00:00Z");

    @Parameter
    TestDatabase database;

    @TempDir
    Path directory;

    Servers servers;
    TestServer server;

    @BeforeEach
    void start() {
        servers = new Servers(database, directory, Map.of());
        server = servers.startProtected();
    }

    @AfterEach
    void stop() {
        servers.close();
    }

    @Test
    void anAlarmFollowsItsPolicy() {
        awaitAlarm(hour(1));
        assertEquals(200, server.send("PUT", GOLD_PATH, """
                                {"schedule":{"repeatingTimeIntervals":["R/2026-11-01T00:00:00+00:00/PT4H"]},
                                 "retention":[{"tag":"Default","duration":"P7D"}]}""", "If-Match", "*").status());
        awaitAlarm(hour(4));
        assertEquals(204, server.delete(INSTANCE_PATH).status());
        assertEquals(
                204,
                server.delete(VAULT_PATH + "/deleted-backup-instances/web-1").status());
        assertEquals(204, server.delete(GOLD_PATH).status());
        await("the alarm is gone", () -> alarm().isEmpty());
    }

    @Test
    void anAlarmThatRingsStartsTheSlotAndIsSetToTheNext() throws Exception {
        awaitAlarm(hour(1));
        ClockForTests.set("2090-01-01T01:00:00Z");
        server.part(PolicyAlarms.class).set(GOLD, PAST, LONG_AGO);
        awaitCompletedJobs(server, 1);
        awaitAlarm(hour(2));
        assertEquals(List.of("started 01:00"), ledger(server));
    }

    @Test
    void anAlarmThatRingsTooEarlyIsSetAgain() throws Exception {
        awaitAlarm(hour(1));
        server.part(PolicyAlarms.class).set(GOLD, PAST, LONG_AGO);
        awaitAlarm(hour(1));
        assertEquals(List.of(), ledger(server));
    }

    @Test
    void aLostAlarmIsSetAgainByTheSweep() throws Exception {
        awaitAlarm(hour(1));
        quartz().deleteJob(PolicyAlarms.jobKey(GOLD));
        quartz().triggerJob(JobKey.jobKey("sweep", "rounds"));
        awaitAlarm(hour(1));
    }

    @Test
    void allAlarmsAreSetAgainAtTheNextStart() throws Exception {
        awaitAlarm(hour(1));
        quartz().clear();
        servers.stop();
        server = servers.start();
        awaitAlarm(hour(1));
    }

    /// Quartz interrupts threads when it stops, and an interrupted thread must not take the database with it.
    @Test
    void aServerThatIsStoppedWhileAlarmsRingGoesOnAtItsNextStart() throws Exception {
        for (int hour = 1; hour <= 5; hour++) {
            ClockForTests.set("2090-01-01T0%d:00:00Z".formatted(hour));
            for (int ring = 0; ring < 10; ring++) {
                quartz().triggerJob(JobKey.jobKey("sweep", "rounds"));
            }
            servers.stop();
            server = servers.start();
            awaitCompletedJobs(server, hour);
        }
        assertEquals(
                List.of("started 01:00", "started 02:00", "started 03:00", "started 04:00", "started 05:00"),
                ledger(server));
    }

    @Test
    void anAlarmWithoutAPolicyRingsOnceMoreAndEnds() throws Exception {
        PolicyId gone = new PolicyId("prod", "gone");
        server.part(PolicyAlarms.class).set(gone, PAST, LONG_AGO);
        await("the alarm is gone", () -> !quartz().checkExists(PolicyAlarms.jobKey(gone)));
        assertTrue(quartz().getTriggersOfJob(PolicyAlarms.jobKey(gone)).isEmpty());
    }

    private void awaitAlarm(Instant slot) {
        await("the alarm is set to " + slot, () -> alarm().equals(Optional.of(slot)));
    }

    private Optional<Instant> alarm() throws SchedulerException {
        return Optional.ofNullable(quartz().getTrigger(PolicyAlarms.triggerKey(GOLD)))
                .map(Trigger::getNextFireTime)
                .map(Date::toInstant);
    }

    private Scheduler quartz() {
        return server.part(Scheduler.class);
    }
}
