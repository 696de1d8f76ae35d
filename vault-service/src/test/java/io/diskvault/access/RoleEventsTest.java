package io.diskvault.access;

import io.diskvault.access.RoleEvent.RoleAssigned;
import io.diskvault.access.RoleEvent.RoleRevoked;
import io.diskvault.testing.StoredEvents;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RoleEventsTest {
    private static final Instant AT = Instant.parse("2026-11-01T12:00:00.123Z");
    private static final RoleAssignmentId ID =
            new RoleAssignmentId(UUID.fromString("00000000-0000-4000-8000-00000000000a"));

    @Test
    @SuppressWarnings("NullAway") // only the names of a module are asked for
    void areStoredAsEverBefore() {
        new StoredEvents(new RoleModule())
                .hold(
                        "role.assigned",
                        """
                        {"assignment":"00000000-0000-4000-8000-00000000000a","principal":"alice",\
                        "role":"Backup Operator","scope":"vault:prod","at":"2026-11-01T12:00:00.123Z"}""",
                        new RoleAssigned(ID, "alice", Role.BACKUP_OPERATOR, Scope.vault("prod"), AT))
                .hold("role.revoked", """
                        {"assignment":"00000000-0000-4000-8000-00000000000a","at":"2026-11-01T12:00:00.123Z"}""", new RoleRevoked(ID, AT))
                .areAll();
    }
}
