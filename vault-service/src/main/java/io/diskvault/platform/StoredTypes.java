package io.diskvault.platform;

import io.diskvault.command.FeatureModule;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The registry of stored names: `vault.created` and the like, each for one class. The event store holds the names, so
/// that classes can move and be renamed without touching history.
@Singleton
public final class StoredTypes {
    private final Map<String, Class<?>> classes = new HashMap<>();
    private final Map<Class<?>, String> names = new HashMap<>();

    public StoredTypes(List<FeatureModule> modules) {
        for (FeatureModule module : modules) {
            module.storedTypes().forEach(this::add);
        }
    }

    private void add(String name, Class<?> type) {
        if (classes.put(name, type) != null || names.put(type, name) != null) {
            throw new IllegalStateException("stored twice: '" + name + "' or " + type);
        }
    }

    /// Every stored name with its class.
    public Map<String, Class<?>> all() {
        return Map.copyOf(classes);
    }

    Optional<Class<?>> classOf(String name) {
        return Optional.ofNullable(classes.get(name));
    }

    Optional<String> nameOf(Class<?> type) {
        return Optional.ofNullable(names.get(type));
    }
}
