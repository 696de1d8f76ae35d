package io.diskvault.disk;

import io.diskvault.command.FeatureModule;
import io.diskvault.disk.DiskEvent.DiskProtected;
import io.diskvault.disk.DiskEvent.DiskRegistered;
import io.diskvault.disk.DiskEvent.DiskRemoved;
import io.diskvault.disk.DiskEvent.DiskRestoreEnded;
import io.diskvault.disk.DiskEvent.DiskRestoreStarted;
import io.diskvault.disk.DiskEvent.DiskUnprotected;
import io.diskvault.platform.Aggregates;
import jakarta.inject.Singleton;
import java.util.Map;
import org.axonframework.config.Configurer;

/// Disks, wired.
@Singleton
final class DiskModule implements FeatureModule {
    @Override
    public Map<String, Class<?>> storedTypes() {
        return Map.of(
                "disk.registered", DiskRegistered.class,
                "disk.removed", DiskRemoved.class,
                "disk.protected", DiskProtected.class,
                "disk.unprotected", DiskUnprotected.class,
                "disk.restore-started", DiskRestoreStarted.class,
                "disk.restore-ended", DiskRestoreEnded.class,
                "disk.snapshot", Disk.class);
    }

    @Override
    public void register(Configurer configurer) {
        Aggregates.register(configurer, Disk.class);
        configurer.registerCommandHandler(configuration -> new DiskRegistration(configuration.commandGateway()));
    }
}
