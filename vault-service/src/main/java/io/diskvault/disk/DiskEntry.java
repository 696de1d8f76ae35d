package io.diskvault.disk;

import io.diskvault.disk.DiskCommand.RegisterDisk;
import io.diskvault.disk.DiskCommand.RemoveDisk;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/// The disk's own part of registering and removing; [DiskRegistration] sends it after the resource group's part.
sealed interface DiskEntry {
    DiskId disk();

    record EnterDisk(RegisterDisk order) implements DiskEntry {
        @Override
        @TargetAggregateIdentifier
        public DiskId disk() {
            return order.disk();
        }
    }

    record StrikeDisk(RemoveDisk order) implements DiskEntry {
        @Override
        @TargetAggregateIdentifier
        public DiskId disk() {
            return order.disk();
        }
    }
}
