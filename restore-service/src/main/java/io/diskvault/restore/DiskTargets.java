package io.diskvault.restore;

import io.diskvault.disk.Disks.Place;
import io.diskvault.engine.restore.ImageTarget;
import io.diskvault.engine.restore.RestoreTarget;
import io.diskvault.engine.storage.LocalDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;

/// Opens disks that are there to be written over.
final class DiskTargets {
    private DiskTargets() {}

    /// Opens what lies in the place, wherever links may have been put since it was looked at. Nobody else who asks gets
    /// it while it is open.
    ///
    /// @param madeAt the time that its new content is of
    /// @param sizeBytes of the disk that is restored
    /// @throws io.diskvault.engine.posix.FileInUseException if somebody has it, a virtual machine for example
    static RestoreTarget open(Place place, Instant madeAt, long sizeBytes) throws IOException {
        return new ImageTarget(place.format(), madeAt)
                .inPlace(
                        LocalDisk.openBeneath(place.root(), place.root().relativize(place.file())),
                        place.file(),
                        sizeBytes);
    }

    /// Whether it is cut to the size of what is restored; a device stays as long as it is.
    static boolean isCut(Place place) {
        return Files.isRegularFile(place.file());
    }
}
