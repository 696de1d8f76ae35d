package io.diskvault.access.view;

import io.diskvault.access.RoleEvent.RoleAssigned;
import io.diskvault.access.RoleEvent.RoleRevoked;
import io.diskvault.web.Views;
import jakarta.inject.Singleton;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;

/// Keeps the table of role assignments. It can be dropped and replayed.
@Singleton
@ProcessingGroup(Views.GROUP)
public class RoleAssignmentView {
    private final RoleAssignmentRows rows;

    RoleAssignmentView(RoleAssignmentRows rows) {
        this.rows = rows;
    }

    @EventHandler
    void on(RoleAssigned event) {
        rows.save(new RoleAssignmentRow(
                event.assignment().value(),
                event.principal(),
                event.role().text(),
                event.scope().text(),
                event.at()));
    }

    @EventHandler
    void on(RoleRevoked event) {
        rows.deleteById(event.assignment().value());
    }

    @ResetHandler
    void reset() {
        rows.deleteAll();
    }
}
