package io.diskvault.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diskvault.command.FeatureModule;
import io.diskvault.platform.StoredTypeSerializer;
import io.diskvault.platform.StoredTypes;
import java.util.List;
import org.axonframework.serialization.SerializedObject;

/// Takes a feature's aggregates through their snapshots.
public final class Snapshots {
    private final StoredTypeSerializer serializer;

    public Snapshots(FeatureModule feature) {
        serializer = StoredTypeSerializer.of(new StoredTypes(List.of(feature)));
    }

    /// The aggregate as it is after it was stored under its name and read again.
    public <T> T restored(String name, T aggregate) {
        SerializedObject<byte[]> stored = serializer.serialize(aggregate, byte[].class);
        assertEquals(name, stored.getType().getName());
        T restored = serializer.<byte[], T>deserialize(stored);
        SerializedObject<byte[]> again = serializer.serialize(restored, byte[].class);
        assertEquals(new String(stored.getData(), UTF_8), new String(again.getData(), UTF_8));
        return restored;
    }
}
