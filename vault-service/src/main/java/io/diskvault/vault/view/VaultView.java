package io.diskvault.vault.view;

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

    VaultView(VaultRows rows) {
        this.rows = rows;
    }

    @EventHandler
    void on(VaultCreated event) {
        rows.deleteById(event.vault().name());
        rows.save(new VaultRow(event.vault().name(), event.identity(), event.at()));
    }

    @EventHandler
    void on(VaultDeleted event) {
        rows.deleteById(event.vault().name());
    }

    @ResetHandler
    void reset() {
        rows.deleteAll();
    }
}
