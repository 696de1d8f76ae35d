package io.diskvault.export;

import io.diskvault.export.ExportEvent.ExportCreated;
import io.diskvault.export.ExportEvent.ExportEnded;
import io.diskvault.export.ExportEvent.ExportKeepEnded;
import io.diskvault.export.ExportEvent.ExportKeepStarted;
import io.diskvault.instance.InstanceId;
import io.diskvault.job.JobId;
import io.diskvault.testing.StoredEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ExportEventsTest {
    private static final Instant AT = Instant.parse("2026-11-01T12:00:00.123Z");
    private static final ExportId EXPORT = new ExportId(UUID.fromString("00000000-0000-4000-8000-00000000000a"));
    private static final JobId JOB = new JobId(UUID.fromString("00000000-0000-4000-8000-00000000000b"));
    private static final InstanceId WEB = new InstanceId("prod", "web-1");

    private static ExportCreated created(boolean writable, Optional<String> hash) {
        return new ExportCreated(
                EXPORT, WEB, "p1", writable, "web-1-00000000", hash, Duration.ofMinutes(90), "alice", AT);
    }

    @Test
    @SuppressWarnings("NullAway") // only the names of a module are asked for
    void areStoredAsEverBefore() {
        new StoredEvents(new ExportModule())
                .hold("export.created", """
                        {"export":"00000000-0000-4000-8000-00000000000a","instance":"prod/web-1","recoveryPoint":"p1",\
                        "writable":false,"name":"web-1-00000000","hash":null,"idleTime":"PT1H30M",\
                        "createdBy":"alice","at":"2026-11-01T12:00:00.123Z"}""", created(false, Optional.empty()))
                .hold("export.created", """
                        {"export":"00000000-0000-4000-8000-00000000000a","instance":"prod/web-1","recoveryPoint":"p1",\
                        "writable":true,"name":"web-1-00000000","hash":"abc","idleTime":"PT1H30M",\
                        "createdBy":"alice","at":"2026-11-01T12:00:00.123Z"}""", created(true, Optional.of("abc")))
                .hold("export.keep-started", """
                        {"export":"00000000-0000-4000-8000-00000000000a","job":"00000000-0000-4000-8000-00000000000b",\
                        "at":"2026-11-01T12:00:00.123Z"}""", new ExportKeepStarted(EXPORT, JOB, AT))
                .hold("export.keep-ended", """
                        {"export":"00000000-0000-4000-8000-00000000000a","job":"00000000-0000-4000-8000-00000000000b",\
                        "at":"2026-11-01T12:00:00.123Z"}""", new ExportKeepEnded(EXPORT, JOB, AT))
                .hold("export.ended", """
                        {"export":"00000000-0000-4000-8000-00000000000a","reason":"Idle","endedBy":"system:exports",\
                        "at":"2026-11-01T12:00:00.123Z"}""", new ExportEnded(EXPORT, ExportEnd.IDLE, "system:exports", AT))
                .areAll();
    }
}
