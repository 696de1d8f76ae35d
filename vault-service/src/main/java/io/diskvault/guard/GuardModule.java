package io.diskvault.guard;

import io.diskvault.command.FeatureModule;
import io.diskvault.guard.ApprovalEvent.ApprovalRequested;
import io.diskvault.guard.ApprovalEvent.ApprovalUsed;
import io.diskvault.guard.ApprovalEvent.RequestApproved;
import io.diskvault.guard.ApprovalEvent.RequestCancelled;
import io.diskvault.guard.ApprovalEvent.RequestDenied;
import io.diskvault.guard.GuardEvent.GuardCreated;
import io.diskvault.guard.GuardEvent.GuardDeleted;
import io.diskvault.guard.GuardEvent.GuardOperationsChanged;
import io.diskvault.guard.GuardEvent.GuardedVaultAdded;
import io.diskvault.guard.GuardEvent.GuardedVaultRemoved;
import io.diskvault.guard.GuardProxyEvent.VaultGuarded;
import io.diskvault.guard.GuardProxyEvent.VaultUnguarded;
import io.diskvault.platform.Aggregates;
import jakarta.inject.Singleton;
import java.util.Map;
import org.axonframework.config.Configurer;

/// Resource guards and approval requests, wired.
@Singleton
final class GuardModule implements FeatureModule {
    @Override
    public Map<String, Class<?>> storedTypes() {
        return Map.ofEntries(
                Map.entry("guard.created", GuardCreated.class),
                Map.entry("guard.operations-changed", GuardOperationsChanged.class),
                Map.entry("guard.deleted", GuardDeleted.class),
                Map.entry("guard.vault-added", GuardedVaultAdded.class),
                Map.entry("guard.vault-removed", GuardedVaultRemoved.class),
                Map.entry("guard.snapshot", ResourceGuard.class),
                Map.entry("guard-proxy.vault-guarded", VaultGuarded.class),
                Map.entry("guard-proxy.vault-unguarded", VaultUnguarded.class),
                Map.entry("guard-proxy.snapshot", GuardProxy.class),
                Map.entry("approval.requested", ApprovalRequested.class),
                Map.entry("approval.approved", RequestApproved.class),
                Map.entry("approval.denied", RequestDenied.class),
                Map.entry("approval.cancelled", RequestCancelled.class),
                Map.entry("approval.used", ApprovalUsed.class),
                Map.entry("approval.snapshot", ApprovalRequest.class));
    }

    @Override
    public void register(Configurer configurer) {
        Aggregates.register(configurer, ResourceGuard.class);
        Aggregates.register(configurer, GuardProxy.class);
        Aggregates.register(configurer, ApprovalRequest.class);
        configurer.registerCommandHandler(configuration -> new VaultGuarding(configuration.commandGateway()));
    }
}
