package io.diskvault.vault;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.diskvault.command.CommandRejected;
import io.diskvault.vault.VaultCommand.AddVaultMember;
import io.diskvault.vault.VaultCommand.AskSoftDelete;
import io.diskvault.vault.VaultCommand.AskVaultSettings;
import io.diskvault.vault.VaultCommand.AskWhetherImmutable;
import io.diskvault.vault.VaultCommand.CreateVault;
import io.diskvault.vault.VaultCommand.DeleteVault;
import io.diskvault.vault.VaultCommand.RemoveVaultMember;
import io.diskvault.vault.VaultCommand.SetImmutability;
import io.diskvault.vault.VaultEvent.ImmutabilityChanged;
import io.diskvault.vault.VaultEvent.SoftDeleteChanged;
import io.diskvault.vault.VaultEvent.VaultCreated;
import io.diskvault.vault.VaultEvent.VaultDeleted;
import io.diskvault.vault.VaultEvent.VaultMemberAdded;
import io.diskvault.vault.VaultEvent.VaultMemberRemoved;
import java.time.Instant;
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
    private SoftDelete softDelete = SoftDelete.DEFAULT;

    @JsonProperty
    private Immutability immutability = Immutability.DISABLED;

    @JsonProperty
    private final VaultMembers members = new VaultMembers();

    BackupVault() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(CreateVault command) {
        if (!exists) {
            SoftDelete setting = command.softDelete().orElse(SoftDelete.DEFAULT);
            apply(new VaultCreated(command.vault(), command.identity(), setting, command.at()));
        } else if (command.softDelete()
                .filter(asked -> !asked.equals(softDelete))
                .isPresent()) {
            change(command.vault(), command.softDelete().get(), command.at());
        }
    }

    private void change(VaultId vault, SoftDelete asked, Instant at) {
        if (!softDelete.mayBecome(asked)) {
            throw new CommandRejected(
                    VaultRejection.SOFT_DELETE_ALWAYS_ON,
                    "Soft delete of the backup vault '%s' is always on with %d days; it cannot become %s with %d days."
                            .formatted(
                                    vault.name(),
                                    softDelete.retentionDays(),
                                    asked.state().text(),
                                    asked.retentionDays()));
        }
        apply(new SoftDeleteChanged(vault, asked, at));
    }

    /// Answers without an event. Whoever asks also changes what the vault holds, so that the answer cannot be outdated
    /// by the time it counts.
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    SoftDelete handle(AskSoftDelete command) {
        requireExists(command.vault());
        return softDelete;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(SetImmutability command) {
        requireExists(command.vault());
        if (!immutability.mayBecome(command.immutability())) {
            throw new CommandRejected(
                    immutability == Immutability.LOCKED
                            ? VaultRejection.IMMUTABILITY_LOCKED
                            : VaultRejection.IMMUTABILITY_NOT_TRIED,
                    "The immutability of the backup vault '%s' is %s; it cannot become %s."
                            .formatted(
                                    command.vault().name(),
                                    immutability.text(),
                                    command.immutability().text()));
        }
        if (immutability != command.immutability()) {
            apply(new ImmutabilityChanged(command.vault(), command.immutability(), command.at()));
        }
    }

    /// Likewise without an event.
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    boolean handle(AskWhetherImmutable command) {
        requireExists(command.vault());
        return immutability.protects();
    }

    /// Likewise without an event.
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    VaultSettings handle(AskVaultSettings command) {
        return exists ? new VaultSettings(softDelete, immutability) : VaultSettings.DEFAULT;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(DeleteVault command) {
        requireExists(command.vault());
        if (!members.isEmpty()) {
            throw new CommandRejected(
                    VaultRejection.VAULT_NOT_EMPTY,
                    "The backup vault '%s' still holds %s."
                            .formatted(command.vault().name(), members.described()));
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
        softDelete = event.softDelete();
        immutability = Immutability.DISABLED;
    }

    @EventSourcingHandler
    void on(ImmutabilityChanged event) {
        immutability = event.immutability();
    }

    @EventSourcingHandler
    void on(SoftDeleteChanged event) {
        softDelete = event.softDelete();
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
