package io.diskvault.platform;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.UnknownSerializedType;
import org.axonframework.serialization.json.JacksonSerializer;

/// Writes events and snapshots as JSON under their stored names.
///
/// A stored event that this version does not know stops the reader with an error; ignoring it would rebuild a state
/// that never was.
public final class StoredTypeSerializer extends JacksonSerializer {
    /// The revision of every stored type so far. A changed shape becomes revision 2 with an upcaster.
    private static final String REVISION = "1";

    private final StoredTypes types;

    private StoredTypeSerializer(Builder builder, StoredTypes types) {
        super(builder);
        this.types = types;
    }

    /// @return a serializer that knows these types by their names and the framework's own by class
    public static StoredTypeSerializer of(StoredTypes types) {
        return new StoredTypeSerializer(JacksonSerializer.builder().objectMapper(mapper()), types);
    }

    /// Aggregates are snapshotted by their fields, events by their record components; both end up as plain JSON.
    private static ObjectMapper mapper() {
        return JsonMapper.builder()
                .addModules(new Jdk8Module(), new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
                .visibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
                .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
                .build();
    }

    @Override
    @SuppressWarnings("rawtypes") // as the overridden method has it
    public Class classForType(SerializedType type) {
        return types.classOf(type.getName())
                .<Class>map(known -> known)
                .orElseGet(() -> type.getName().startsWith("org.axonframework.")
                        ? super.classForType(type)
                        : UnknownSerializedType.class);
    }

    @Override
    @SuppressWarnings("rawtypes") // as the overridden method has it
    public SerializedType typeForClass(Class type) {
        return types.nameOf(type)
                .<SerializedType>map(name -> new SimpleSerializedType(name, REVISION))
                .orElseGet(() -> super.typeForClass(type));
    }
}
