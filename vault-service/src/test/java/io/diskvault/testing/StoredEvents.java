package io.diskvault.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diskvault.command.FeatureModule;
import io.diskvault.platform.StoredTypeSerializer;
import io.diskvault.platform.StoredTypes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;

/// Pins how the events of a feature are stored. What was stored once must be read for ever.
public final class StoredEvents {
    private final Map<String, Class<?>> types;
    private final StoredTypeSerializer serializer;
    private final Set<String> seen = new HashSet<>();

    public StoredEvents(FeatureModule feature) {
        types = feature.storedTypes();
        serializer = StoredTypeSerializer.of(new StoredTypes(List.of(feature)));
    }

    /// The event is written so, and what is written so is read as the event.
    public StoredEvents hold(String name, String json, Object event) {
        SerializedObject<byte[]> stored = serializer.serialize(event, byte[].class);
        assertEquals(name, stored.getType().getName());
        assertEquals("1", stored.getType().getRevision());
        assertEquals(json, new String(stored.getData(), UTF_8));
        seen.add(name);
        return reads(name, json, event);
    }

    /// What was written so once, by an older version, is read as the event.
    public StoredEvents reads(String name, String json, Object event) {
        assertEquals(
                event,
                serializer.<byte[], Object>deserialize(
                        new SimpleSerializedObject<>(json.getBytes(UTF_8), byte[].class, name, "1")));
        return this;
    }

    /// No stored name was left out, the snapshots' aside: those can be dropped at any time.
    public void areAll() {
        Set<String> left = new HashSet<>(types.keySet());
        left.removeAll(seen);
        left.removeIf(name -> name.endsWith(".snapshot"));
        assertEquals(Set.of(), left);
    }
}
