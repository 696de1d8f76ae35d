package io.diskvault.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

/// The hashes were computed by another program from docs/audit-format.md.
class ChainLinkTest {
    private static final AuditedEvent FIRST = new AuditedEvent(
            1,
            "BackupVault",
            "vault:prod",
            0,
            "e-1",
            "2026-11-21T18:11:40.399Z",
            "vault.created",
            "1",
            "{\"a\":1}".getBytes(UTF_8),
            "{}".getBytes(UTF_8));

    private static final AuditedEvent SECOND = new AuditedEvent(
            4, null, "vault:ü", 1, "e-2", "2026-11-21T18:11:41.000Z", "vault.changed", null, new byte[0], null);

    @Test
    void theHashesAreThoseOfTheFormat() {
        ChainLink first = ChainLink.after(null, FIRST, 1000);
        assertEquals("3ab759b4eb53421c4c60e89a774e6a789afeca4a8bfdc1b2424ea1b6daf2afcc", first.hash());
        ChainLink second = ChainLink.after(first, SECOND, 2000);
        assertEquals(2, second.position());
        assertEquals("92b649526fc011894e43379971407711289926952c8add56dd084518e0fc59dc", second.hash());
    }

    /// Without lengths, what moves from one field to the next would not change the hash.
    @Test
    void theBordersOfTheFieldsCount() {
        AuditedEvent moved = new AuditedEvent(
                1,
                "BackupVaultv",
                "ault:prod",
                0,
                "e-1",
                FIRST.timestamp(),
                "vault.created",
                "1",
                FIRST.payload(),
                FIRST.metadata());
        assertNotEquals(
                ChainLink.after(null, FIRST, 1000).hash(),
                ChainLink.after(null, moved, 1000).hash());
    }
}
