package io.diskvault.instance;

import io.diskvault.vault.VaultId;
import io.diskvault.vault.view.VaultRow;
import io.diskvault.vault.view.VaultRows;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compares events and datastores when the server has started: whoever put back an older database or datastore finds
/// in the log what that left. Beside the server's work, which need not wait for it.
@Singleton
class ReconcileAtStart implements ApplicationEventListener<ServerStartupEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(ReconcileAtStart.class);

    private final Reconciliation reconciliation;
    private final VaultRows vaults;

    ReconcileAtStart(Reconciliation reconciliation, VaultRows vaults) {
        this.reconciliation = reconciliation;
        this.vaults = vaults;
    }

    @Override
    public void onApplicationEvent(ServerStartupEvent event) {
        Thread.ofVirtual().name("reconcile-at-start").start(this::run);
    }

    private void run() {
        try {
            for (VaultRow vault : vaults.findAll()) {
                reconciliation.run(new VaultId(vault.name()));
            }
        } catch (RuntimeException failure) {
            // The server may be stopping already; whoever wants to know can ask over REST.
            LOG.warn("events and datastores were not compared: {}", failure.toString());
        }
    }
}
