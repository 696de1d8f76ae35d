package io.diskvault.disk;

import io.diskvault.disk.view.DiskRow;
import io.diskvault.disk.view.DiskRows;
import io.diskvault.engine.source.DiskFormat;
import io.diskvault.resourcegroup.view.ResourceGroupRow;
import io.diskvault.resourcegroup.view.ResourceGroupRows;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/// What other parts of the server ask about disks.
@Singleton
public class Disks {
    private final DiskRows rows;
    private final ResourceGroupRows groups;
    private final DiskFiles files;

    Disks(DiskRows rows, ResourceGroupRows groups, DiskFiles files) {
        this.rows = rows;
        this.groups = groups;
        this.files = files;
    }

    /// A disk as others see it.
    ///
    /// @param source as it was registered
    /// @param protectedBy the backup instance that it belongs to, as in `prod/web-1`
    /// @param restoringJob the restore that writes over it
    public record RegisteredDisk(
            DiskId disk, UUID uniqueId, String source, Optional<String> protectedBy, Optional<String> restoringJob) {
        static RegisteredDisk of(DiskRow row) {
            return new RegisteredDisk(
                    row.diskId(),
                    row.uniqueId(),
                    row.source(),
                    Optional.ofNullable(row.protectedBy()),
                    Optional.ofNullable(row.restoringJob()));
        }
    }

    /// Where the bytes of a disk are at this moment.
    ///
    /// @param root the real path of the resource group's directory
    /// @param file the real path of the file or block device in it
    /// @param format how the disk lies in it
    /// @param sizeBytes of the disk in it
    public record Place(Path root, Path file, DiskFormat format, long sizeBytes) {}

    /// One disk, if it is registered.
    public Optional<RegisteredDisk> find(DiskId disk) {
        return rows.findById(disk.path()).map(RegisteredDisk::of);
    }

    /// Which disk it is that has a name, if one has it.
    public Optional<UUID> uniqueIdOf(DiskId disk) {
        return rows.findById(disk.path()).map(DiskRow::uniqueId);
    }

    /// Finds the file or block device of a disk, checked anew at every call.
    ///
    /// @throws io.diskvault.command.CommandRejected if the disk is not registered, or not in its place any more
    public Place locate(DiskId disk) {
        DiskRow row = rows.findById(disk.path()).orElseThrow(() -> DiskRejection.notFound(disk));
        ResourceGroupRow group = groups.findById(row.resourceGroup())
                .orElseThrow(() -> new IllegalStateException("no resource group under " + disk));
        Path file = files.resolve(group, row.source());
        return new Place(
                DiskFiles.rootOf(group), file, row.diskFormat(), files.sizeBytes(group, file, row.diskFormat()));
    }
}
