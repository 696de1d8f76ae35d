package io.diskvault.alert.view;

import io.diskvault.alert.AlertEvent;
import io.diskvault.platform.Replays;
import io.diskvault.platform.ViewTable;
import io.diskvault.web.Views;
import jakarta.inject.Singleton;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;

/// Keeps the table of alerts. It can be dropped and replayed.
@Singleton
@ProcessingGroup(Views.GROUP)
public class AlertView {
    private final ViewTable<AlertRow> alerts;

    AlertView(AlertRows rows, Replays replays) {
        this.alerts = replays.table(rows, AlertRow::id);
    }

    @EventHandler
    void on(AlertEvent event) {
        alerts.put(AlertRow.of(event.alert()));
    }

    @ResetHandler
    void reset() {
        alerts.clear();
    }
}
