package io.diskvault.disk;

import io.diskvault.disk.DiskEvent.DiskProtected;
import io.diskvault.disk.DiskEvent.DiskRegistered;
import io.diskvault.disk.DiskEvent.DiskRemoved;
import io.diskvault.disk.DiskEvent.DiskRestoreEnded;
import io.diskvault.disk.DiskEvent.DiskRestoreStarted;
import io.diskvault.disk.DiskEvent.DiskUnprotected;
import io.diskvault.testing.StoredEvents;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DiskEventsTest {
    private static final Instant AT = Instant.parse("2026-11-01T12:00:00.123Z");
    private static final DiskId DISK = new DiskId("vm-disks", "web-1");

    @Test
    @SuppressWarnings("NullAway") // only the names of a module are asked for
    void areStoredAsEverBefore() {
        new StoredEvents(new DiskModule())
                .hold(
                        "disk.registered",
                        """
                        {"disk":"vm-disks/web-1","source":"file:web-1.img","type":"StandardHdd","format":"vhd",\
                        "sizeBytes":8589934592,"uniqueId":"6b0e9ae4-6b4e-4d3c-8f0d-1f2a3b4c5d6e","at":"2026-11-01T12:00:00.123Z"}""",
                        new DiskRegistered(
                                DISK,
                                "file:web-1.img",
                                "StandardHdd",
                                "vhd",
                                8589934592L,
                                UUID.fromString("6b0e9ae4-6b4e-4d3c-8f0d-1f2a3b4c5d6e"),
                                AT))
                .reads(
                        "disk.registered",
                        """
                        {"disk":"vm-disks/web-1","source":"file:web-1.vhd","type":"StandardHdd","sizeBytes":512,\
                        "uniqueId":"6b0e9ae4-6b4e-4d3c-8f0d-1f2a3b4c5d6e","at":"2026-11-01T12:00:00.123Z"}""",
                        new DiskRegistered(
                                DISK,
                                "file:web-1.vhd",
                                "StandardHdd",
                                "raw",
                                512,
                                UUID.fromString("6b0e9ae4-6b4e-4d3c-8f0d-1f2a3b4c5d6e"),
                                AT))
                .hold("disk.removed", """
                        {"disk":"vm-disks/web-1","at":"2026-11-01T12:00:00.123Z"}""", new DiskRemoved(DISK, AT))
                .hold("disk.protected", """
                        {"disk":"vm-disks/web-1","instance":"prod/web-1","at":"2026-11-01T12:00:00.123Z"}""", new DiskProtected(DISK, "prod/web-1", AT))
                .hold("disk.unprotected", """
                        {"disk":"vm-disks/web-1","instance":"prod/web-1","at":"2026-11-01T12:00:00.123Z"}""", new DiskUnprotected(DISK, "prod/web-1", AT))
                .hold("disk.restore-started", """
                        {"disk":"vm-disks/web-1","job":"j1","instance":"prod/web-1",\
                        "at":"2026-11-01T12:00:00.123Z"}""", new DiskRestoreStarted(DISK, "j1", Optional.of("prod/web-1"), AT))
                .hold("disk.restore-started", """
                        {"disk":"vm-disks/web-1","job":"j1","instance":null,\
                        "at":"2026-11-01T12:00:00.123Z"}""", new DiskRestoreStarted(DISK, "j1", Optional.empty(), AT))
                .hold("disk.restore-ended", """
                        {"disk":"vm-disks/web-1","job":"j1","at":"2026-11-01T12:00:00.123Z"}""", new DiskRestoreEnded(DISK, "j1", AT))
                .areAll();
    }
}
