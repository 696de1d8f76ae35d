package io.diskvault.command;

import java.util.Map;
import org.axonframework.config.Configurer;

/// What a feature brings to the control plane: the names under which its events are stored, and its handlers.
public interface FeatureModule {
    /// Stored name to class, for every event and every aggregate that is snapshotted. A name, once released, stays for
    /// ever; the class behind it may move.
    Map<String, Class<?>> storedTypes();

    /// Registers aggregates, command handlers and event handlers.
    void register(Configurer configurer);
}
