package io.diskvault.restore;

import io.diskvault.disk.DiskId;
import io.diskvault.disk.Disks;
import io.diskvault.engine.posix.Descriptor;
import io.diskvault.engine.source.DiskFormat;
import io.diskvault.resourcegroup.ResourceGroupId;
import io.diskvault.resourcegroup.ResourceGroups;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// Where restored disks go, and whether a name is free there.
@Singleton
public class RestoreTarget {
    private final ResourceGroups groups;
    private final Disks disks;

    RestoreTarget(ResourceGroups groups, Disks disks) {
        this.groups = groups;
        this.disks = disks;
    }

    /// The file that a restored disk gets in its resource group's directory.
    public static String fileName(String diskName, DiskFormat format) {
        return diskName + "." + format.extension();
    }

    /// The directory that holds a resource group's disks.
    ///
    /// @throws io.diskvault.command.CommandRejected if there is no such group, or it is not for disks
    public Path directoryOf(ResourceGroupId group) {
        return groups.find(group)
                .orElseThrow(() -> RestoreRejection.targetGroupNotFound(group))
                .disksRoot()
                .orElseThrow(() -> RestoreRejection.targetGroupWithoutDisks(group));
    }

    /// Keeps hold of that directory, so that nobody who puts a link in its place leads a restore somewhere else.
    Descriptor hold(ResourceGroupId group) throws IOException {
        return Descriptor.openDirectory(directoryOf(group));
    }

    /// @throws io.diskvault.command.CommandRejected if a disk or a file has the name
    public void requireFree(DiskId disk, DiskFormat format) {
        Path file = directoryOf(disk.group()).resolve(fileName(disk.name(), format));
        if (disks.uniqueIdOf(disk).isPresent() || Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw RestoreRejection.diskExists(disk);
        }
    }
}
