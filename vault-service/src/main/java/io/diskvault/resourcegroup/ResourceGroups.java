package io.diskvault.resourcegroup;

import io.diskvault.resourcegroup.view.ResourceGroupRow;
import io.diskvault.resourcegroup.view.ResourceGroupRows;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What other parts of the server ask about resource groups.
@Singleton
public class ResourceGroups {
    private final ResourceGroupRows rows;

    ResourceGroups(ResourceGroupRows rows) {
        this.rows = rows;
    }

    /// Where a resource group has its disks and its snapshots.
    ///
    /// @param disksRoot empty if it is for snapshots only
    /// @param datastore empty if it is for disks only
    public record Directories(Optional<Path> disksRoot, Optional<Path> datastore) {
        static Directories of(ResourceGroupRow row) {
            return new Directories(
                    Optional.ofNullable(row.disksRoot()).map(Path::of),
                    Optional.ofNullable(row.datastore()).map(Path::of));
        }
    }

    /// Where snapshots are kept: the datastores of all resource groups.
    public List<Path> datastores() {
        return rows.findAll().stream()
                .map(ResourceGroupRow::datastore)
                .filter(Objects::nonNull)
                .distinct()
                .map(Path::of)
                .toList();
    }

    /// The directories of a resource group, if it is there.
    public Optional<Directories> find(ResourceGroupId group) {
        return rows.findById(group.name()).map(Directories::of);
    }
}
