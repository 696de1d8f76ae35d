package io.diskvault.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.alert.AlertSettings;
import io.diskvault.alert.Cause;
import io.diskvault.alert.Severity;
import io.diskvault.resourcegroup.DatastoreSpace.Space;
import io.diskvault.resourcegroup.view.ResourceGroupRow;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FullDatastoresTest {
    private static final ResourceGroupRow GROUP =
            new ResourceGroupRow("snapshots", null, "/backup", Instant.parse("2026-11-01T12:00:00Z"));

    @SuppressWarnings("NullAway") // no group is looked up
    private final FullDatastores datastores =
            new FullDatastores(null, null, new AlertSettings(Optional.empty(), 90, 90));

    @Test
    void isSaidWhenLittleRoomIsLeft() {
        assertTrue(datastores.cause(GROUP, new Space(11, 100)).isEmpty());
        assertTrue(datastores.cause(GROUP, new Space(0, 0)).isEmpty());
        Cause near = datastores.cause(GROUP, new Space(10L << 30, 100L << 30)).orElseThrow();
        assertEquals(Severity.WARNING, near.severity());
        assertEquals(
                "The datastore of the resource group 'snapshots' is 90 % full: 10.0 of 100.0 GiB are free in /backup.",
                near.message());
        assertEquals(Optional.of("snapshots"), near.resourceGroup());
    }

    @Test
    void isCriticalWhenNextToNoneIs() {
        assertEquals(
                Severity.WARNING,
                datastores.cause(GROUP, new Space(6, 100)).orElseThrow().severity());
        assertEquals(
                Severity.CRITICAL,
                datastores.cause(GROUP, new Space(5, 100)).orElseThrow().severity());
    }
}
