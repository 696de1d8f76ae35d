package io.diskvault.platform;

import io.diskvault.command.FeatureModule;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.transaction.SynchronousTransactionManager;
import io.micronaut.transaction.TransactionDefinition;
import io.micronaut.transaction.TransactionStatus;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;

/// Axon on the application's own database: one transaction holds the events of a command, and one holds a projection's
/// rows together with its position.
@Factory
final class AxonFactory {
    /// So many events are fetched by one query, if there are so many.
    private static final int READ_AT_ONCE = 1000;

    /// Axon joins the framework's transactions, so that repositories used by event handlers see the same connection.
    ///
    /// A command that another command or an event handler sends joins the transaction that is there and leaves its
    /// end to whoever began it: its refusal must not doom an event handler's transaction, in which the event that
    /// could not be handled is put aside.
    @Singleton
    TransactionManager axonTransactions(SynchronousTransactionManager<Connection> transactions) {
        return () -> transactions.findTransactionStatus().isPresent() ? new Joined() : begun(transactions);
    }

    private static Transaction begun(SynchronousTransactionManager<Connection> transactions) {
        TransactionStatus<Connection> status = transactions.getTransaction(TransactionDefinition.DEFAULT);
        return new Transaction() {
            @Override
            public void commit() {
                transactions.commit(status);
            }

            @Override
            public void rollback() {
                transactions.rollback(status);
            }
        };
    }

    private record Joined() implements Transaction {
        @Override
        public void commit() {}

        @Override
        public void rollback() {}
    }

    @Singleton
    ConnectionProvider axonConnections(DataSource dataSource) {
        return dataSource::getConnection;
    }

    @Singleton
    Configurer axonConfigurer(
            List<FeatureModule> features,
            StoredTypes types,
            TransactionManager transactions,
            ConnectionProvider connections,
            Savepoints savepoints,
            Replays replays) {
        StoredTypeSerializer serializer = StoredTypeSerializer.of(types);
        Configurer configurer = DefaultConfigurer.defaultConfiguration(false)
                .configureSerializer(configuration -> serializer)
                .configureEventSerializer(configuration -> serializer)
                .configureTransactionManager(configuration -> transactions)
                .configureCommandBus(configuration -> SimpleCommandBus.builder()
                        .transactionManager(transactions)
                        .build())
                .configureEventStore(configuration -> EmbeddedEventStore.builder()
                        .storageEngine(JdbcEventStorageEngine.builder()
                                .schema(EventStoreSchema.events())
                                .connectionProvider(connections)
                                .transactionManager(transactions)
                                .eventSerializer(serializer)
                                .snapshotSerializer(serializer)
                                .persistenceExceptionResolver(EventStoreSchema::isDuplicate)
                                .readEventDataWithGaps(GapReads::build)
                                .batchSize(READ_AT_ONCE)
                                .build())
                        // Off, or idle processors learn of new events only at their next poll.
                        .optimizeEventConsumption(false)
                        .build());
        configurer.eventProcessing(
                processing -> EventProcessing.configure(processing, connections, transactions, serializer));
        configurer.registerComponent(
                JdbcTokenStore.class,
                configuration -> new NotedClaims(
                        JdbcTokenStore.builder()
                                .connectionProvider(connections)
                                .schema(EventStoreSchema.tokens())
                                .serializer(serializer),
                        replays));
        configurer.registerComponent(
                WakingEventSource.class, configuration -> new WakingEventSource(configuration.eventStore()));
        configurer.registerHandlerEnhancerDefinition(configuration -> new HandlerSavepoints(savepoints));
        features.forEach(feature -> feature.register(configurer));
        return configurer;
    }

    /// Started with the application, so that processors run before the first request is served.
    @Context
    @Bean(preDestroy = "shutdown")
    Configuration axonConfiguration(Configurer configurer) {
        return configurer.start();
    }

    @Singleton
    EventStore eventStore(Configuration configuration) {
        return configuration.eventStore();
    }

    @Singleton
    CommandBus commandBus(Configuration configuration) {
        return configuration.commandBus();
    }

    @Singleton
    CommandGateway commandGateway(Configuration configuration) {
        return configuration.commandGateway();
    }
}
