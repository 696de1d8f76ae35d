package io.diskvault.guard.view;

import io.diskvault.access.Scope;
import io.diskvault.access.view.RoleAssignmentRows;
import io.diskvault.guard.GuardEvent.GuardCreated;
import io.diskvault.guard.GuardEvent.GuardDeleted;
import io.diskvault.guard.GuardEvent.GuardOperationsChanged;
import io.diskvault.guard.GuardProxyEvent.VaultGuarded;
import io.diskvault.guard.GuardProxyEvent.VaultUnguarded;
import io.diskvault.web.Views;
import jakarta.inject.Singleton;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;

/// Keeps the tables of resource guards and of the vaults that have one. They can be dropped and replayed.
@Singleton
@ProcessingGroup(Views.GROUP)
public class GuardView {
    private final GuardRows guards;
    private final VaultGuardRows vaults;
    private final RoleAssignmentRows assignments;

    GuardView(GuardRows guards, VaultGuardRows vaults, RoleAssignmentRows assignments) {
        this.guards = guards;
        this.vaults = vaults;
        this.assignments = assignments;
    }

    @EventHandler
    void on(GuardCreated event) {
        guards.deleteById(event.guard().name());
        guards.save(GuardRow.of(event.guard().name(), event.operations(), event.at()));
    }

    @EventHandler
    void on(GuardOperationsChanged event) {
        GuardRow row = guards.findById(event.guard().name())
                .orElseThrow(() -> new IllegalStateException("no row of " + event.guard()));
        guards.update(GuardRow.of(row.name(), event.operations(), row.createdAt()));
    }

    @EventHandler
    void on(GuardDeleted event) {
        assignments.deleteByScope(Scope.guard(event.guard().name()).text());
        guards.deleteById(event.guard().name());
    }

    @EventHandler
    void on(VaultGuarded event) {
        String vault = event.proxy().vault().name();
        vaults.deleteById(vault);
        vaults.save(new VaultGuardRow(vault, event.guard().name(), event.at()));
    }

    @EventHandler
    void on(VaultUnguarded event) {
        vaults.deleteById(event.proxy().vault().name());
    }

    @ResetHandler
    void reset() {
        guards.deleteAll();
        vaults.deleteAll();
    }
}
