package io.diskvault.access.view;

import io.diskvault.access.TokenEvent.TokenIssued;
import io.diskvault.access.TokenEvent.TokenRevoked;
import io.diskvault.web.Views;
import jakarta.inject.Singleton;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;

/// Keeps the table of API tokens. It can be dropped and replayed.
@Singleton
@ProcessingGroup(Views.GROUP)
public class TokenView {
    private final TokenRows rows;

    TokenView(TokenRows rows) {
        this.rows = rows;
    }

    @EventHandler
    void on(TokenIssued event) {
        rows.deleteById(event.token().value());
        rows.save(new TokenRow(
                event.token().value(),
                event.name(),
                event.principal(),
                event.hash(),
                event.expiresAt().orElse(null),
                event.at()));
    }

    @EventHandler
    void on(TokenRevoked event) {
        rows.deleteById(event.token().value());
    }

    @ResetHandler
    void reset() {
        rows.deleteAll();
    }
}
