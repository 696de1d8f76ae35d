package io.diskvault.bench;

import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;

/// How far the processors are.
final class Positions {
    private final Configuration configuration;

    Positions(Configuration configuration) {
        this.configuration = configuration;
    }

    /// As if a processor that does not run had seen everything.
    void moveToEnd(String processor) {
        TokenStore tokens = configuration.getComponent(JdbcTokenStore.class);
        TrackingToken end = configuration.eventStore().createHeadToken();
        configuration.getComponent(TransactionManager.class).executeInTransaction(() -> {
            tokens.fetchToken(processor, 0);
            tokens.storeToken(end, processor, 0);
            tokens.releaseClaim(processor, 0);
        });
    }
}
