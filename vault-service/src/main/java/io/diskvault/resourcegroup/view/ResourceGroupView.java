package io.diskvault.resourcegroup.view;

import io.diskvault.access.Scope;
import io.diskvault.access.view.RoleAssignmentRows;
import io.diskvault.resourcegroup.ResourceGroupEvent.ResourceGroupCreated;
import io.diskvault.resourcegroup.ResourceGroupEvent.ResourceGroupDeleted;
import io.diskvault.web.Views;
import jakarta.inject.Singleton;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;

/// Keeps the table of resource groups. It can be dropped and replayed.
@Singleton
@ProcessingGroup(Views.GROUP)
public class ResourceGroupView {
    private final ResourceGroupRows rows;
    private final RoleAssignmentRows assignments;

    ResourceGroupView(ResourceGroupRows rows, RoleAssignmentRows assignments) {
        this.rows = rows;
        this.assignments = assignments;
    }

    @EventHandler
    void on(ResourceGroupCreated event) {
        rows.deleteById(event.group().name());
        rows.save(new ResourceGroupRow(event.group().name(), event.disksRoot(), event.datastore(), event.at()));
    }

    @EventHandler
    void on(ResourceGroupDeleted event) {
        assignments.deleteByScope(Scope.group(event.group().name()).text());
        rows.deleteById(event.group().name());
    }

    @ResetHandler
    void reset() {
        rows.deleteAll();
    }
}
