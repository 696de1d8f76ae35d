package io.diskvault.disk;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;
import io.diskvault.command.ResourceName;
import io.diskvault.resourcegroup.ResourceGroupId;

/// Names a disk within its resource group: `vm-disks/web-1`.
public record DiskId(String resourceGroup, String name) {
    public DiskId {
        ResourceName.check("resource group", resourceGroup);
        ResourceName.check("disk", name);
    }

    /// Reads what [#path] wrote.
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static DiskId parse(String path) {
        int slash = path.indexOf('/');
        if (slash < 0) {
            throw GeneralRejection.invalid(
                    "%s names no disk: give the resource group and the name, as in vm-disks/web-1."
                            .formatted(Quoted.of(path)));
        }
        return new DiskId(path.substring(0, slash), path.substring(slash + 1));
    }

    /// As callers write it.
    @JsonValue
    public String path() {
        return resourceGroup + "/" + name;
    }

    public ResourceGroupId group() {
        return new ResourceGroupId(resourceGroup);
    }

    /// The stream's name in the event store.
    @Override
    public String toString() {
        return "disk:" + path();
    }
}
