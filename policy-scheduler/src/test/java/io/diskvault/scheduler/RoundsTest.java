package io.diskvault.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.Scheduler;
import org.quartz.TriggerBuilder;

class RoundsTest {
    private static final Instant FAR_AHEAD = Instant.parse("2095-01-01T00:00:00Z");

    @TempDir
    Path directory;

    /// The clock of tests says 2090; Quartz goes by the real one.
    @Test
    void roundsThatAClockPutOffForYearsStartAgain() throws Exception {
        try (Servers servers = new Servers(TestDatabase.H2, directory, Map.of());
                TestServer server = servers.start()) {
            Scheduler quartz = server.part(Scheduler.class);
            Rounds rounds = server.part(Rounds.class);
            for (String name : new String[] {"sweep", "expiry"}) {
                quartz.rescheduleJob(
                        Rounds.triggerKey(name),
                        TriggerBuilder.newTrigger()
                                .withIdentity(Rounds.triggerKey(name))
                                .startAt(Date.from(FAR_AHEAD))
                                .build());
                assertEquals(FAR_AHEAD, nextRing(quartz, name));
            }
            rounds.mend();
            for (String name : new String[] {"sweep", "expiry"}) {
                assertTrue(nextRing(quartz, name).isBefore(Servers.MIDNIGHT), name);
                assertTrue(quartz.unscheduleJob(Rounds.triggerKey(name)));
            }
            rounds.mend();
            for (String name : new String[] {"sweep", "expiry"}) {
                assertTrue(quartz.checkExists(Rounds.triggerKey(name)), name);
            }
        }
    }

    private static Instant nextRing(Scheduler quartz, String name) throws Exception {
        return quartz.getTrigger(Rounds.triggerKey(name)).getNextFireTime().toInstant();
    }
}
