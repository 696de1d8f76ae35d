package io.diskvault.vault.view;

import io.diskvault.access.Principals;
import io.diskvault.access.Scope;
import io.diskvault.access.view.RoleAssignmentRows;
import io.diskvault.vault.Immutability;
import io.diskvault.vault.SoftDelete;
import io.diskvault.vault.VaultEvent.ImmutabilityChanged;
import io.diskvault.vault.VaultEvent.SoftDeleteChanged;
import io.diskvault.vault.VaultEvent.VaultCreated;
import io.diskvault.vault.VaultEvent.VaultDeleted;
import io.diskvault.web.Views;
import jakarta.inject.Singleton;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;

/// Keeps the table of backup vaults. It can be dropped and replayed.
@Singleton
@ProcessingGroup(Views.GROUP)
public class VaultView {
    private final VaultRows rows;
    private final RoleAssignmentRows assignments;

    VaultView(VaultRows rows, RoleAssignmentRows assignments) {
        this.rows = rows;
        this.assignments = assignments;
    }

    @EventHandler
    void on(VaultCreated event) {
        rows.deleteById(event.vault().name());
        rows.save(new VaultRow(
                event.vault().name(),
                event.identity(),
                event.softDelete().state().text(),
                event.softDelete().retentionDays(),
                Immutability.DISABLED.text(),
                event.at()));
    }

    @EventHandler
    void on(SoftDeleteChanged event) {
        String name = event.vault().name();
        SoftDelete setting = event.softDelete();
        if (rows.setSoftDelete(name, setting.state().text(), setting.retentionDays()) != 1) {
            throw new IllegalStateException("no row for the vault " + name);
        }
    }

    @EventHandler
    void on(ImmutabilityChanged event) {
        String name = event.vault().name();
        if (rows.setImmutability(name, event.immutability().text()) != 1) {
            throw new IllegalStateException("no row for the vault " + name);
        }
    }

    @EventHandler
    void on(VaultDeleted event) {
        String name = event.vault().name();
        rows.findById(name).ifPresent(row -> assignments.deleteByPrincipal(Principals.ofVault(name, row.identity())));
        assignments.deleteByScope(Scope.vault(name).text());
        rows.deleteById(name);
    }

    @ResetHandler
    void reset() {
        rows.deleteAll();
    }
}
