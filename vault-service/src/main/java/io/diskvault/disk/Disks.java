package io.diskvault.disk;

import io.diskvault.disk.view.DiskRow;
import io.diskvault.disk.view.DiskRows;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/// What other parts of the server ask about disks.
@Singleton
public class Disks {
    private final DiskRows rows;

    Disks(DiskRows rows) {
        this.rows = rows;
    }

    /// Which disk it is that has a name, if one has it.
    public Optional<UUID> uniqueIdOf(DiskId disk) {
        return rows.findById(disk.path()).map(DiskRow::uniqueId);
    }
}
