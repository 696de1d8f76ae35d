package io.diskvault.files;

import io.diskvault.files.FilesEvent.FileTaken;
import io.diskvault.files.FilesEvent.FilesListed;
import io.diskvault.instance.InstanceId;
import io.diskvault.testing.StoredEvents;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FilesEventsTest {
    private static final Instant AT = Instant.parse("2026-11-01T12:00:00.123Z");
    private static final InstanceId WEB = new InstanceId("prod", "web-1");
    private static final FileReadsId READS = FileReadsId.of(WEB, "p1");

    @Test
    void areStoredAsEverBefore() {
        new StoredEvents(new FilesModule())
                .hold("files.listed", """
                        {"reads":"files:prod/web-1/p1","instance":"prod/web-1","recoveryPoint":"p1","by":"alice",\
                        "at":"2026-11-01T12:00:00.123Z"}""", new FilesListed(READS, WEB, "p1", "alice", AT))
                .hold("files.taken", """
                        {"reads":"files:prod/web-1/p1","instance":"prod/web-1","recoveryPoint":"p1","volume":2,\
                        "path":"/etc/fstab","type":"file","by":"alice","at":"2026-11-01T12:00:00.123Z"}""", new FileTaken(READS, WEB, "p1", 2, "/etc/fstab", "file", "alice", AT))
                .areAll();
    }
}
