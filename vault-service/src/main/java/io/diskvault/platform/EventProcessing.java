package io.diskvault.platform;

import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcSequencedDeadLetterQueue;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;

/// How event handlers run: each processing group streams by itself from the event store, its position and its rows
/// commit together, and an event that a handler cannot digest waits in the dead-letter queue with all later ones of
/// its aggregate while the others go on.
final class EventProcessing {
    private EventProcessing() {}

    static void configure(
            EventProcessingConfigurer processing,
            ConnectionProvider connections,
            TransactionManager transactions,
            StoredTypeSerializer serializer) {
        processing
                .usingPooledStreamingEventProcessors((configuration, builder) -> builder.initialSegmentCount(1))
                .configureDefaultStreamableMessageSource(
                        configuration -> configuration.getComponent(WakingEventSource.class))
                .registerTokenStore(configuration -> configuration.getComponent(JdbcTokenStore.class))
                .registerDeadLetterQueueProvider(
                        group -> configuration -> JdbcSequencedDeadLetterQueue.<EventMessage<?>>builder()
                                .processingGroup(group)
                                .schema(EventStoreSchema.deadLetters())
                                .connectionProvider(connections)
                                .transactionManager(transactions)
                                .genericSerializer(serializer)
                                .eventSerializer(serializer)
                                .build());
    }
}
