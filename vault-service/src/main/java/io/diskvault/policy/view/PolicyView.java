package io.diskvault.policy.view;

import io.diskvault.policy.PolicyEvent.PolicyChanged;
import io.diskvault.policy.PolicyEvent.PolicyCreated;
import io.diskvault.policy.PolicyEvent.PolicyDeleted;
import io.diskvault.web.Views;
import jakarta.inject.Singleton;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;

/// Keeps the table of backup policies. It can be dropped and replayed.
@Singleton
@ProcessingGroup(Views.GROUP)
public class PolicyView {
    private final PolicyRows rows;

    PolicyView(PolicyRows rows) {
        this.rows = rows;
    }

    @EventHandler
    void on(PolicyCreated event) {
        rows.deleteById(event.policy().path());
        rows.save(PolicyRow.of(event));
    }

    @EventHandler
    void on(PolicyChanged event) {
        PolicyRow row = rows.findById(event.policy().path())
                .orElseThrow(() -> new IllegalStateException("no row of " + event.policy()));
        rows.update(row.changed(event));
    }

    @EventHandler
    void on(PolicyDeleted event) {
        rows.deleteById(event.policy().path());
    }

    @ResetHandler
    void reset() {
        rows.deleteAll();
    }
}
