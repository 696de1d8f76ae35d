package io.diskvault.resourcegroup;

import io.diskvault.command.FeatureModule;
import io.diskvault.platform.Aggregates;
import io.diskvault.resourcegroup.ResourceGroupEvent.ResourceGroupCreated;
import io.diskvault.resourcegroup.ResourceGroupEvent.ResourceGroupDeleted;
import io.diskvault.resourcegroup.ResourceGroupEvent.ResourceGroupMemberAdded;
import io.diskvault.resourcegroup.ResourceGroupEvent.ResourceGroupMemberRemoved;
import jakarta.inject.Singleton;
import java.util.Map;
import org.axonframework.config.Configurer;

/// Resource groups, wired.
@Singleton
final class ResourceGroupModule implements FeatureModule {
    @Override
    public Map<String, Class<?>> storedTypes() {
        return Map.of(
                "resource-group.created", ResourceGroupCreated.class,
                "resource-group.deleted", ResourceGroupDeleted.class,
                "resource-group.member-added", ResourceGroupMemberAdded.class,
                "resource-group.member-removed", ResourceGroupMemberRemoved.class,
                "resource-group.snapshot", ResourceGroup.class);
    }

    @Override
    public void register(Configurer configurer) {
        Aggregates.register(configurer, ResourceGroup.class);
    }
}
