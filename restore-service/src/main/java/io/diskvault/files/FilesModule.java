package io.diskvault.files;

import io.diskvault.command.FeatureModule;
import io.diskvault.files.FilesEvent.FileTaken;
import io.diskvault.files.FilesEvent.FilesListed;
import io.diskvault.platform.Aggregates;
import jakarta.inject.Singleton;
import java.util.Map;
import org.axonframework.config.Configurer;

/// Files out of recovery points, wired.
@Singleton
final class FilesModule implements FeatureModule {
    @Override
    public Map<String, Class<?>> storedTypes() {
        return Map.of(
                "files.listed", FilesListed.class,
                "files.taken", FileTaken.class,
                "files.snapshot", FileReads.class);
    }

    @Override
    public void register(Configurer configurer) {
        Aggregates.register(configurer, FileReads.class);
    }
}
