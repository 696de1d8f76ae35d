package io.diskvault.platform;

import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;

/// Sets what only one of the databases knows, whatever address its owner gives.
@Singleton
final class DatabaseConnections implements BeanCreatedEventListener<DatasourceConfiguration> {
    /// The part of the heap in which H2 keeps pages. Its own choice, a sixteenth, is too little for the indexes of a
    /// million jobs: a page is read again for nearly every row that is written.
    private static final int PART_FOR_PAGES = 4;

    @Override
    public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
        DatasourceConfiguration connections = event.getBean();
        String url = connections.getUrl();
        if (url.startsWith("jdbc:postgresql:")) {
            // Many rows of a replay are one statement.
            connections.addDataSourceProperty("reWriteBatchedInserts", "true");
        } else if (url.startsWith(DatabaseSettings.H2) && !url.contains(";CACHE_SIZE=")) {
            long kibibytes = Runtime.getRuntime().maxMemory() / PART_FOR_PAGES / 1024;
            connections.setUrl(url + ";CACHE_SIZE=" + kibibytes);
        }
        return connections;
    }
}
