package io.diskvault.alert.web;

import io.diskvault.alert.AlertEvent;
import io.diskvault.alert.view.AlertRows;
import io.diskvault.web.live.Live;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Alerts, told when they change.
@Singleton
final class LiveAlerts implements Live {
    private final AlertRows rows;

    LiveAlerts(AlertRows rows) {
        this.rows = rows;
    }

    @Override
    public String name() {
        return "alert";
    }

    @Override
    public Class<?> events() {
        return AlertEvent.class;
    }

    @Override
    public String keyOf(Object event) {
        return ((AlertEvent) event).alert().id().text();
    }

    @Override
    public Optional<Shown> show(String key) {
        return rows.findById(key).map(row -> new Shown(row.vault(), AlertResponse.of(row)));
    }
}
