package io.diskvault.instance;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.diskvault.command.CommandRejected;
import io.diskvault.command.GeneralRejection;
import io.diskvault.disk.DiskId;
import io.diskvault.instance.InstanceCommand.ContinueProtection;
import io.diskvault.instance.InstanceCommand.EndProtection;
import io.diskvault.instance.InstanceCommand.LifeCommand;
import io.diskvault.instance.InstanceCommand.MarkDeleted;
import io.diskvault.instance.InstanceCommand.RecallInstance;
import io.diskvault.instance.InstanceCommand.StartProtection;
import io.diskvault.instance.InstanceCommand.StopProtection;
import io.diskvault.instance.InstanceCommand.SuspendBackups;
import io.diskvault.instance.InstanceCommand.SwitchPolicy;
import io.diskvault.instance.InstanceEvent.BackupsSuspended;
import io.diskvault.instance.InstanceEvent.InstanceSoftDeleted;
import io.diskvault.instance.InstanceEvent.InstanceUndeleted;
import io.diskvault.instance.InstanceEvent.LifeEvent;
import io.diskvault.instance.InstanceEvent.PolicySwitched;
import io.diskvault.instance.InstanceEvent.ProtectionConfigured;
import io.diskvault.instance.InstanceEvent.ProtectionRemoved;
import io.diskvault.instance.InstanceEvent.ProtectionResumed;
import io.diskvault.instance.InstanceEvent.ProtectionStopped;
import io.diskvault.policy.PolicyId;
import io.diskvault.resourcegroup.ResourceGroupId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an instance protects, how, and how far its life has come.
final class InstanceLife {
    /// What is protected, by the policy of now; null while there is no such instance.
    @JsonProperty
    private @Nullable ProtectionConfigured protection;

    @JsonProperty
    private ProtectionState state = ProtectionState.PROTECTION_CONFIGURED;

    /// When a deleted instance is purged.
    @JsonProperty
    private @Nullable Instant purgeTime;

    /// When expiry last went on after it had stood still.
    @JsonProperty
    private @Nullable Instant expiryResumedAt;

    boolean exists() {
        return protection != null;
    }

    ProtectionState state() {
        return state;
    }

    Optional<Instant> expiryResumedAt() {
        return Optional.ofNullable(expiryResumedAt);
    }

    /// What is protected, also while it is deleted and not purged yet.
    ProtectionConfigured known(InstanceId instance) {
        if (protection == null) {
            throw InstanceRejection.notFound(instance);
        }
        return protection;
    }

    /// What is protected; refused if the instance is deleted.
    ProtectionConfigured present(InstanceId instance) {
        ProtectionConfigured known = known(instance);
        if (state == ProtectionState.SOFT_DELETED) {
            throw InstanceRejection.softDeleted(instance);
        }
        return known;
    }

    /// What a command comes to; nothing if that is so already.
    Optional<LifeEvent> decide(LifeCommand command) {
        return switch (command) {
            case StartProtection start -> start(start);
            case SwitchPolicy change -> switchPolicy(change);
            case StopProtection stop ->
                move(
                        stop.instance(),
                        ProtectionState.PROTECTION_STOPPED,
                        new ProtectionStopped(stop.instance(), stop.at()));
            case SuspendBackups suspend ->
                move(
                        suspend.instance(),
                        ProtectionState.BACKUPS_SUSPENDED,
                        new BackupsSuspended(suspend.instance(), suspend.at()));
            case ContinueProtection resume -> {
                requireDisk(resume.instance(), resume.disk());
                yield move(
                        resume.instance(),
                        ProtectionState.PROTECTION_CONFIGURED,
                        new ProtectionResumed(resume.instance(), resume.at()));
            }
            case RecallInstance recall -> recall(recall);
        };
    }

    private Optional<LifeEvent> start(StartProtection command) {
        if (protection == null) {
            return Optional.of(new ProtectionConfigured(
                    command.instance(), command.disk(), command.policy(), command.snapshotGroup(), command.at()));
        }
        ProtectionConfigured there = present(command.instance());
        if (!protects(command.disk(), command.policy(), command.snapshotGroup())) {
            throw new CommandRejected(
                    InstanceRejection.INSTANCE_EXISTS,
                    "The backup instance '%s' protects the disk '%s' by the policy '%s' into '%s' already."
                            .formatted(
                                    command.instance().path(),
                                    there.disk().path(),
                                    there.policy().path(),
                                    there.snapshotGroup().name()));
        }
        return Optional.empty();
    }

    private Optional<LifeEvent> switchPolicy(SwitchPolicy command) {
        PolicyId current = present(command.instance()).policy();
        if (current.equals(command.to())) {
            return Optional.empty();
        }
        if (!current.equals(command.from())) {
            throw changedMeanwhile(command.instance());
        }
        return Optional.of(new PolicySwitched(command.instance(), command.from(), command.to(), command.at()));
    }

    private Optional<LifeEvent> move(InstanceId instance, ProtectionState target, LifeEvent event) {
        present(instance);
        return state == target ? Optional.empty() : Optional.of(event);
    }

    private void requireDisk(InstanceId instance, DiskId disk) {
        if (!known(instance).disk().equals(disk)) {
            throw changedMeanwhile(instance);
        }
    }

    private Optional<LifeEvent> recall(RecallInstance command) {
        known(command.instance());
        return switch (state) {
            case SOFT_DELETED -> Optional.of(new InstanceUndeleted(command.instance(), command.at()));
            case PROTECTION_STOPPED -> Optional.empty();
            case PROTECTION_CONFIGURED, BACKUPS_SUSPENDED -> throw InstanceRejection.notDeleted(command.instance());
        };
    }

    /// @return nothing if it is deleted already
    Optional<LifeEvent> markDeleted(MarkDeleted command) {
        requireDisk(command.instance(), command.disk());
        return state == ProtectionState.SOFT_DELETED
                ? Optional.empty()
                : Optional.of(new InstanceSoftDeleted(command.instance(), command.purgeTime(), command.at()));
    }

    /// Checks that the instance may go for good, and that it is the one that is meant.
    void requireRemovable(EndProtection command) {
        known(command.instance());
        if (!protects(command.disk(), command.policy(), command.snapshotGroup())) {
            throw changedMeanwhile(command.instance());
        }
        switch (command.removal()) {
            case DELETE -> present(command.instance());
            case PURGE -> requireDeleted(command.instance());
            case PURGE_WHEN_DUE -> {
                requireDeleted(command.instance());
                if (purgeTime != null && command.at().isBefore(purgeTime)) {
                    throw changedMeanwhile(command.instance());
                }
            }
        }
    }

    private void requireDeleted(InstanceId instance) {
        if (state != ProtectionState.SOFT_DELETED) {
            throw InstanceRejection.notDeleted(instance);
        }
    }

    private boolean protects(DiskId disk, PolicyId policy, ResourceGroupId snapshotGroup) {
        ProtectionConfigured known = Objects.requireNonNull(protection);
        return known.disk().equals(disk)
                && known.policy().equals(policy)
                && known.snapshotGroup().equals(snapshotGroup);
    }

    private static CommandRejected changedMeanwhile(InstanceId instance) {
        return new CommandRejected(
                GeneralRejection.CONCURRENT_CHANGE,
                "The backup instance '%s' was changed or made anew meanwhile.".formatted(instance.path()));
    }

    void on(LifeEvent event) {
        switch (event) {
            case ProtectionConfigured configured -> {
                protection = configured;
                state = ProtectionState.PROTECTION_CONFIGURED;
                expiryResumedAt = null;
            }
            case PolicySwitched switched -> {
                ProtectionConfigured before = Objects.requireNonNull(protection);
                protection = new ProtectionConfigured(
                        before.instance(), before.disk(), switched.to(), before.snapshotGroup(), before.at());
            }
            case ProtectionStopped _ -> state = ProtectionState.PROTECTION_STOPPED;
            case BackupsSuspended suspended -> letExpire(ProtectionState.BACKUPS_SUSPENDED, suspended.at());
            case ProtectionResumed resumed -> letExpire(ProtectionState.PROTECTION_CONFIGURED, resumed.at());
            case InstanceSoftDeleted deleted -> {
                state = ProtectionState.SOFT_DELETED;
                purgeTime = deleted.purgeTime();
            }
            case InstanceUndeleted _ -> {
                state = ProtectionState.PROTECTION_STOPPED;
                purgeTime = null;
            }
            case ProtectionRemoved _ -> protection = null;
        }
    }

    private void letExpire(ProtectionState next, Instant at) {
        if (!state.expires()) {
            expiryResumedAt = at;
        }
        state = next;
    }
}
