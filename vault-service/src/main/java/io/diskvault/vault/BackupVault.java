package io.diskvault.vault;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.diskvault.command.CommandRejected;
import io.diskvault.vault.VaultCommand.AddVaultMember;
import io.diskvault.vault.VaultCommand.CreateVault;
import io.diskvault.vault.VaultCommand.DeleteVault;
import io.diskvault.vault.VaultCommand.RemoveVaultMember;
import io.diskvault.vault.VaultEvent.VaultCreated;
import io.diskvault.vault.VaultEvent.VaultDeleted;
import io.diskvault.vault.VaultEvent.VaultMemberAdded;
import io.diskvault.vault.VaultEvent.VaultMemberRemoved;
import java.util.LinkedHashSet;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/// A vault knows what it holds, so that it cannot be deleted under a policy or an instance, not even by two requests at
/// the same moment. A deleted vault's name may be used again; the stream then goes on.
@AggregateRoot(type = "BackupVault")
final class BackupVault {
    @AggregateIdentifier
    @JsonProperty
    @SuppressWarnings("UnusedVariable") // read by the framework
    private @Nullable VaultId id;

    @JsonProperty
    private boolean exists;

    @JsonProperty
    private final Set<String> members = new LinkedHashSet<>();

    BackupVault() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(CreateVault command) {
        if (!exists) {
            apply(new VaultCreated(command.vault(), command.identity(), command.at()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(DeleteVault command) {
        requireExists(command.vault());
        if (!members.isEmpty()) {
            throw new CommandRejected(
                    VaultRejection.VAULT_NOT_EMPTY,
                    "The backup vault '%s' still holds %d backup instances and policies, '%s' among them."
                            .formatted(
                                    command.vault().name(),
                                    members.size(),
                                    members.iterator().next()));
        }
        apply(new VaultDeleted(command.vault(), command.at()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(AddVaultMember command) {
        requireExists(command.vault());
        if (!members.contains(command.member())) {
            apply(new VaultMemberAdded(command.vault(), command.member(), command.at()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RemoveVaultMember command) {
        if (members.contains(command.member())) {
            apply(new VaultMemberRemoved(command.vault(), command.member(), command.at()));
        }
    }

    private void requireExists(VaultId vault) {
        if (!exists) {
            throw VaultRejection.notFound(vault);
        }
    }

    @EventSourcingHandler
    void on(VaultCreated event) {
        id = event.vault();
        exists = true;
    }

    @EventSourcingHandler
    void on(VaultDeleted event) {
        exists = false;
    }

    @EventSourcingHandler
    void on(VaultMemberAdded event) {
        members.add(event.member());
    }

    @EventSourcingHandler
    void on(VaultMemberRemoved event) {
        members.remove(event.member());
    }
}
