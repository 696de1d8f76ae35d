package io.diskvault.critical;

import io.diskvault.command.Quoted;
import io.diskvault.critical.Concern.OfVault;
import io.diskvault.guard.CriticalCall;
import io.diskvault.guard.CriticalOperation;
import io.diskvault.instance.InstanceCommand;
import io.diskvault.instance.InstanceCommand.AskStanding;
import io.diskvault.instance.InstanceCommand.ChangeInstancePolicy;
import io.diskvault.instance.InstanceCommand.ConfigureProtection;
import io.diskvault.instance.InstanceCommand.ContinueProtection;
import io.diskvault.instance.InstanceCommand.DecideBackup;
import io.diskvault.instance.InstanceCommand.DecideRestore;
import io.diskvault.instance.InstanceCommand.DeleteInstance;
import io.diskvault.instance.InstanceCommand.EndBackup;
import io.diskvault.instance.InstanceCommand.EndProtection;
import io.diskvault.instance.InstanceCommand.ExpireRecoveryPoints;
import io.diskvault.instance.InstanceCommand.HoldForExport;
import io.diskvault.instance.InstanceCommand.MarkDeleted;
import io.diskvault.instance.InstanceCommand.PlanExpiry;
import io.diskvault.instance.InstanceCommand.PurgeInstance;
import io.diskvault.instance.InstanceCommand.RecallInstance;
import io.diskvault.instance.InstanceCommand.RecordMissedSlots;
import io.diskvault.instance.InstanceCommand.RecordRecoveryPoint;
import io.diskvault.instance.InstanceCommand.ReleaseExported;
import io.diskvault.instance.InstanceCommand.ReleaseLegalHold;
import io.diskvault.instance.InstanceCommand.Removal;
import io.diskvault.instance.InstanceCommand.ReopenSlots;
import io.diskvault.instance.InstanceCommand.RequestBackup;
import io.diskvault.instance.InstanceCommand.RequestKeep;
import io.diskvault.instance.InstanceCommand.RequestOverwrite;
import io.diskvault.instance.InstanceCommand.RequestRestore;
import io.diskvault.instance.InstanceCommand.RequireElapsed;
import io.diskvault.instance.InstanceCommand.ResumeAfterOverwrite;
import io.diskvault.instance.InstanceCommand.ResumeProtection;
import io.diskvault.instance.InstanceCommand.SetLegalHold;
import io.diskvault.instance.InstanceCommand.SettleOverwrite;
import io.diskvault.instance.InstanceCommand.StartProtection;
import io.diskvault.instance.InstanceCommand.StopProtection;
import io.diskvault.instance.InstanceCommand.SuspendBackups;
import io.diskvault.instance.InstanceCommand.SwitchPolicy;
import io.diskvault.instance.InstanceCommand.UndeleteInstance;
import io.diskvault.instance.InstanceCommand.YieldToOverwrite;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.ProtectionState;
import io.diskvault.instance.Standing;
import io.diskvault.policy.PolicyCommand.AskPolicyRules;
import io.diskvault.policy.PolicyId;
import io.diskvault.policy.PolicyRules;
import io.diskvault.vault.VaultId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.axonframework.commandhandling.gateway.CommandGateway;

/// What of the orders to backup instances is critical.
final class InstanceConcerns {
    private final CommandGateway commands;

    InstanceConcerns(CommandGateway commands) {
        this.commands = commands;
    }

    List<Concern> of(InstanceCommand command) {
        return switch (command) {
            case StopProtection order ->
                concern(
                        order,
                        () -> moving(
                                order,
                                order.at(),
                                ProtectionState.PROTECTION_STOPPED,
                                CriticalOperation.STOP_PROTECTION));
            case SuspendBackups order ->
                concern(
                        order,
                        () -> moving(
                                order,
                                order.at(),
                                ProtectionState.BACKUPS_SUSPENDED,
                                CriticalOperation.SUSPEND_BACKUPS));
            case ResumeProtection order -> concern(order, () -> resuming(order));
            case ChangeInstancePolicy order -> concern(order, () -> switching(order));
            case DeleteInstance order ->
                concern(
                        order,
                        () -> deleting(
                                order,
                                "delete the backup instance of the disk "
                                        + order.disk().path()));
            case PurgeInstance order when order.removal() == Removal.PURGE_WHEN_DUE -> List.of();
            case PurgeInstance order ->
                concern(
                        order,
                        () -> deleting(
                                order,
                                "purge the deleted backup instance of the disk "
                                        + order.disk().path()));
            case ReleaseLegalHold order ->
                concern(
                        order,
                        () -> Optional.of(call(
                                CriticalOperation.RELEASE_LEGAL_HOLD,
                                order,
                                "release the legal hold of the recovery point " + Quoted.of(order.point()))));
            case RequestOverwrite order -> overwriting(order);
            // Parts of what has been looked at, sent by whoever handles that.
            case StartProtection _,
                    SwitchPolicy _,
                    ContinueProtection _,
                    RecallInstance _,
                    MarkDeleted _,
                    EndProtection _,
                    RequireElapsed _,
                    DecideBackup _,
                    DecideRestore _,
                    YieldToOverwrite _ -> List.of();
            // What protects, what the server itself finds out and does when its time has come, and questions.
            case ConfigureProtection _,
                    UndeleteInstance _,
                    SetLegalHold _,
                    HoldForExport _,
                    ReleaseExported _,
                    RequestBackup _,
                    RequestKeep _,
                    RequestRestore _,
                    RecordMissedSlots _,
                    ReopenSlots _,
                    RecordRecoveryPoint _,
                    EndBackup _,
                    ExpireRecoveryPoints _,
                    AskStanding _,
                    PlanExpiry _,
                    SettleOverwrite _,
                    ResumeAfterOverwrite _ -> List.of();
        };
    }

    private static List<Concern> concern(InstanceCommand order, Supplier<Optional<CriticalCall>> call) {
        return List.of(new OfVault(order.instance().vaultId(), call));
    }

    /// It concerns the vault that has the recovery point, and the one that has the disk, in the order of their names.
    private static List<Concern> overwriting(RequestOverwrite order) {
        CriticalCall call = call(
                CriticalOperation.OVERWRITE_DISK,
                order,
                "overwrite the disk %s/%s with the recovery point %s%s"
                        .formatted(
                                order.order().resourceGroup(),
                                order.order().diskName(),
                                Quoted.of(order.order().recoveryPoint()),
                                order.order().continueOnDamage() ? ", also if that is damaged" : ""));
        return Stream.concat(Stream.of(order.instance()), order.protectedBy().stream())
                .map(InstanceId::vaultId)
                .distinct()
                .sorted(Comparator.comparing(VaultId::name))
                .<Concern>map(vault -> new OfVault(vault, () -> Optional.of(call)))
                .toList();
    }

    private static CriticalCall call(CriticalOperation operation, InstanceCommand order, String detail) {
        return new CriticalCall(operation, order.instance().toString(), detail);
    }

    private static Optional<CriticalCall> deleting(InstanceCommand order, String detail) {
        return Optional.of(call(CriticalOperation.DELETE_DATA, order, detail));
    }

    private Optional<CriticalCall> moving(
            InstanceCommand order, Instant at, ProtectionState target, CriticalOperation operation) {
        ProtectionState now = standing(order, at).state();
        return now == target || now == ProtectionState.SOFT_DELETED
                ? Optional.empty()
                : Optional.of(call(operation, order, "%s becomes %s".formatted(now.text(), target.text())));
    }

    private Optional<CriticalCall> resuming(ResumeProtection order) {
        Standing standing = standing(order, order.at());
        return standing.state() == ProtectionState.PROTECTION_STOPPED && standing.outlived() > 0
                ? deleting(order, "resume protection, by which recovery points go that the stop kept beyond their time")
                : Optional.empty();
    }

    private Standing standing(InstanceCommand order, Instant at) {
        return commands.sendAndWait(new AskStanding(order.instance(), at));
    }

    private Optional<CriticalCall> switching(ChangeInstancePolicy order) {
        if (order.from().path().compareTo(order.to().path()) > 0) {
            // In the order of the policies' names, as when they are changed: who asks holds up others.
            rules(order.to());
        }
        Optional<PolicyRules> now = rules(order.from());
        return rules(order.to())
                .filter(next -> now.filter(rules -> rules.areWeakenedBy(next, order.at()))
                        .isPresent())
                .map(next -> call(
                        CriticalOperation.WEAKEN_POLICY,
                        order,
                        "the policy %s (%s) is exchanged for %s (%s)"
                                .formatted(
                                        order.from().name(),
                                        now.map(PolicyRules::text).orElse(""),
                                        order.to().name(),
                                        next.text())));
    }

    private Optional<PolicyRules> rules(PolicyId policy) {
        return commands.sendAndWait(new AskPolicyRules(policy));
    }
}
