package io.diskvault.platform;

import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.reflect.Proxy;
import java.util.Map;
import org.axonframework.common.Registration;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.SerializationException;
import org.junit.jupiter.api.Test;

class WakingEventSourceTest {
    /// A reader that is far behind reads events ahead, and must not be held up by one that cannot be read.
    @Test
    void anEventThatCannotBeReadIsHandedOnToWhoeverHandlesIt() throws InterruptedException {
        TrackedEventMessage<?> unreadable = answering(TrackedEventMessage.class, Map.of());
        BlockingStream<?> stored = answering(BlockingStream.class, Map.of("nextAvailable", unreadable));
        EventStore store = answering(
                EventStore.class,
                Map.of(
                        "subscribe",
                        (Registration) () -> true,
                        "createHeadToken",
                        new GlobalSequenceTrackingToken(1_000_000),
                        "openStream",
                        stored));
        assertSame(unreadable, new WakingEventSource(store).openStream(null).nextAvailable());
    }

    /// What it has no answer to fails as an event of which nothing can be read.
    private static <T> T answering(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, _) -> {
            Object answer = answers.get(method.getName());
            if (answer == null) {
                throw new SerializationException(method.getName());
            }
            return answer;
        }));
    }
}
