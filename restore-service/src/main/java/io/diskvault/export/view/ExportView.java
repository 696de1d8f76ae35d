package io.diskvault.export.view;

import io.diskvault.export.ExportEvent;
import io.diskvault.export.ExportEvent.ExportCreated;
import io.diskvault.export.ExportEvent.ExportEnded;
import io.diskvault.export.ExportEvent.ExportKeepEnded;
import io.diskvault.export.ExportEvent.ExportKeepStarted;
import io.diskvault.instance.InstanceEvent.ProtectionRemoved;
import io.diskvault.web.Views;
import jakarta.inject.Singleton;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;

/// Keeps the table of exports. It can be dropped and replayed.
///
/// What is known of exports goes with their instance: one that is made anew under the same name begins with none.
@Singleton
@ProcessingGroup(Views.GROUP)
public class ExportView {
    private final ExportRows rows;

    ExportView(ExportRows rows) {
        this.rows = rows;
    }

    @EventHandler
    void on(ExportCreated event) {
        rows.deleteById(event.export().value());
        rows.save(new ExportRow(
                event.export().value(),
                event.name(),
                event.hash().orElse(null),
                event.instance().vault(),
                event.instance().name(),
                event.recoveryPoint(),
                event.writable(),
                event.idleTime().toSeconds(),
                event.createdBy(),
                event.at(),
                null,
                null,
                null,
                null));
    }

    @EventHandler
    void on(ExportKeepStarted event) {
        require(event, rows.setKeepJob(event.export().value(), event.job().text()));
    }

    @EventHandler
    void on(ExportKeepEnded event) {
        require(event, rows.setKeepJob(event.export().value(), null));
    }

    @EventHandler
    void on(ExportEnded event) {
        require(
                event,
                rows.ended(event.export().value(), event.at(), event.reason().text(), event.endedBy()));
    }

    private static void require(ExportEvent event, int changed) {
        if (changed != 1) {
            throw new IllegalStateException("no row for " + event.export());
        }
    }

    @EventHandler
    void on(ProtectionRemoved event) {
        rows.deleteByVaultAndInstance(event.instance().vault(), event.instance().name());
    }

    @ResetHandler
    void reset() {
        rows.deleteAll();
    }
}
