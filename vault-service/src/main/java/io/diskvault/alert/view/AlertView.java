package io.diskvault.alert.view;

import io.diskvault.alert.AlertEvent;
import io.diskvault.web.Views;
import jakarta.inject.Singleton;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;

/// Keeps the table of alerts. It can be dropped and replayed.
@Singleton
@ProcessingGroup(Views.GROUP)
public class AlertView {
    private final AlertRows rows;

    AlertView(AlertRows rows) {
        this.rows = rows;
    }

    @EventHandler
    void on(AlertEvent event) {
        AlertRow row = AlertRow.of(event.alert());
        rows.deleteById(row.id());
        rows.save(row);
    }

    @ResetHandler
    void reset() {
        rows.deleteAll();
    }
}
