package io.diskvault.vault;

import io.diskvault.testing.StoredEvents;
import io.diskvault.vault.VaultEvent.ImmutabilityChanged;
import io.diskvault.vault.VaultEvent.SoftDeleteChanged;
import io.diskvault.vault.VaultEvent.VaultCreated;
import io.diskvault.vault.VaultEvent.VaultDeleted;
import io.diskvault.vault.VaultEvent.VaultMemberAdded;
import io.diskvault.vault.VaultEvent.VaultMemberRemoved;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VaultEventsTest {
    private static final Instant AT = Instant.parse("2026-11-01T12:00:00.123Z");
    private static final VaultId PROD = new VaultId("prod");
    private static final UUID IDENTITY = UUID.fromString("00000000-0000-4000-8000-00000000000a");

    @Test
    @SuppressWarnings("NullAway") // only the names of a module are asked for
    void areStoredAsEverBefore() {
        new StoredEvents(new VaultModule())
                .hold("vault.created", """
                        {"vault":"prod","identity":"00000000-0000-4000-8000-00000000000a",\
                        "softDelete":{"state":"On","retentionDays":14},\
                        "at":"2026-11-01T12:00:00.123Z"}""", new VaultCreated(PROD, IDENTITY, SoftDelete.DEFAULT, AT))
                .hold(
                        "vault.soft-delete-changed",
                        """
                        {"vault":"prod","softDelete":{"state":"AlwaysOn","retentionDays":180},\
                        "at":"2026-11-01T12:00:00.123Z"}""",
                        new SoftDeleteChanged(PROD, new SoftDelete(SoftDelete.State.ALWAYS_ON, 180), AT))
                .hold("vault.immutability-changed", """
                        {"vault":"prod","immutability":"Locked","at":"2026-11-01T12:00:00.123Z"}""", new ImmutabilityChanged(PROD, Immutability.LOCKED, AT))
                .hold("vault.deleted", """
                        {"vault":"prod","at":"2026-11-01T12:00:00.123Z"}""", new VaultDeleted(PROD, AT))
                .hold("vault.member-added", """
                        {"vault":"prod","member":"policy:prod/gold","at":"2026-11-01T12:00:00.123Z"}""", new VaultMemberAdded(PROD, "policy:prod/gold", AT))
                .hold("vault.member-removed", """
                        {"vault":"prod","member":"policy:prod/gold","at":"2026-11-01T12:00:00.123Z"}""", new VaultMemberRemoved(PROD, "policy:prod/gold", AT))
                .areAll();
    }
}
