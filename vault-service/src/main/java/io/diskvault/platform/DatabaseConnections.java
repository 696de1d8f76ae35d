package io.diskvault.platform;

import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;

/// Sets what only one of the databases knows, whatever address its owner gives.
@Singleton
final class DatabaseConnections implements BeanCreatedEventListener<DatasourceConfiguration> {
    @Override
    public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
        DatasourceConfiguration connections = event.getBean();
        if (connections.getUrl().startsWith("jdbc:postgresql:")) {
            // Many rows of a replay are one statement.
            connections.addDataSourceProperty("reWriteBatchedInserts", "true");
        }
        return connections;
    }
}
