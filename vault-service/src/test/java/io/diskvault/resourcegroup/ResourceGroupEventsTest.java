package io.diskvault.resourcegroup;

import io.diskvault.resourcegroup.ResourceGroupEvent.ResourceGroupCreated;
import io.diskvault.resourcegroup.ResourceGroupEvent.ResourceGroupDeleted;
import io.diskvault.resourcegroup.ResourceGroupEvent.ResourceGroupMemberAdded;
import io.diskvault.resourcegroup.ResourceGroupEvent.ResourceGroupMemberRemoved;
import io.diskvault.testing.StoredEvents;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ResourceGroupEventsTest {
    private static final Instant AT = Instant.parse("2026-11-01T12:00:00.123Z");
    private static final ResourceGroupId GROUP = new ResourceGroupId("vm-disks");

    @Test
    @SuppressWarnings("NullAway") // only the names of a module are asked for
    void areStoredAsEverBefore() {
        new StoredEvents(new ResourceGroupModule())
                .hold("resource-group.created", """
                        {"group":"vm-disks","disksRoot":"/var/lib/disks","datastore":null,"at":"2026-11-01T12:00:00.123Z"}""", new ResourceGroupCreated(GROUP, "/var/lib/disks", null, AT))
                .hold("resource-group.deleted", """
                        {"group":"vm-disks","at":"2026-11-01T12:00:00.123Z"}""", new ResourceGroupDeleted(GROUP, AT))
                .hold(
                        "resource-group.member-added",
                        """
                        {"group":"vm-disks","member":"disk:vm-disks/web-1","at":"2026-11-01T12:00:00.123Z"}""",
                        new ResourceGroupMemberAdded(GROUP, "disk:vm-disks/web-1", AT))
                .hold(
                        "resource-group.member-removed",
                        """
                        {"group":"vm-disks","member":"disk:vm-disks/web-1","at":"2026-11-01T12:00:00.123Z"}""",
                        new ResourceGroupMemberRemoved(GROUP, "disk:vm-disks/web-1", AT))
                .areAll();
    }
}
