package io.diskvault.restoretest;

import io.diskvault.command.Commands;
import io.diskvault.instance.InstanceCatalog;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.ProtectedInstance;
import io.diskvault.instance.ProtectionState;
import io.diskvault.restoretest.RestoreTestCommand.RaiseProofOverdue;
import io.diskvault.restoretest.RestoreTestCommand.ResolveProofOverdue;
import io.diskvault.restoretest.view.RestoreProofRow;
import io.diskvault.restoretest.view.RestoreProofRows;
import io.diskvault.restoretest.view.RestoreTestPlanRow;
import io.diskvault.restoretest.view.RestoreTestPlanRows;
import io.diskvault.vault.VaultId;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says of which instances no recovery point was proven restorable for too long. Each alert is raised once, by
/// whichever node looks first, and ends with the next proof, or when it does not hold any more.
@Singleton
public class ProofAlerts {
    private static final Logger LOG = LoggerFactory.getLogger(ProofAlerts.class);

    private final RestoreTestPlanRows plans;
    private final RestoreProofRows proofs;
    private final InstanceCatalog instances;
    private final Commands commands;

    ProofAlerts(RestoreTestPlanRows plans, RestoreProofRows proofs, InstanceCatalog instances, Commands commands) {
        this.plans = plans;
        this.proofs = proofs;
        this.instances = instances;
        this.commands = commands;
    }

    /// Looks at all instances of vaults with a plan, and at all alerts.
    public void look(Instant now) {
        for (RestoreTestPlanRow plan : plans.findAll()) {
            Map<String, RestoreProofRow> standing = proofs.ofVault(plan.vault());
            for (ProtectedInstance instance : instances.ofVault(new VaultId(plan.vault()))) {
                raise(
                        plan,
                        instance,
                        Optional.ofNullable(standing.get(instance.instance().path())),
                        now);
            }
        }
        for (RestoreProofRow row : proofs.overdue()) {
            if (!holds(row, now)) {
                commands.send(new ResolveProofOverdue(InstanceId.parse(row.instanceId()), now));
                LOG.info("instance {}: a proof that it can be restored is not overdue any more", row.instanceId());
            }
        }
    }

    private void raise(
            RestoreTestPlanRow plan, ProtectedInstance instance, Optional<RestoreProofRow> row, Instant now) {
        Instant unproven = unprovenSince(instance, row);
        boolean raised = row.map(RestoreProofRow::overdueSince).isPresent();
        if (!raised && isTooLong(unproven, plan.maxAgeDays(), now)) {
            boolean news = commands.ask(
                    new RaiseProofOverdue(instance.instance(), unproven, plan.maxAgeDays(), now), Boolean.class);
            if (news) {
                LOG.warn(
                        "instance {}: no recovery point was proven restorable since {}, for more than {} days",
                        instance.instance().path(),
                        unproven,
                        plan.maxAgeDays());
            }
        }
    }

    private boolean holds(RestoreProofRow row, Instant now) {
        Optional<RestoreTestPlanRow> plan = plans.findById(row.vault());
        return plan.isPresent()
                && instances
                        .find(InstanceId.parse(row.instanceId()))
                        .filter(instance -> instance.state() != ProtectionState.SOFT_DELETED)
                        .filter(instance -> isTooLong(
                                unprovenSince(instance, Optional.of(row)),
                                plan.get().maxAgeDays(),
                                now))
                        .isPresent();
    }

    private static Instant unprovenSince(ProtectedInstance instance, Optional<RestoreProofRow> row) {
        return row.map(RestoreProofRow::provenAt).orElse(instance.protectedSince());
    }

    private static boolean isTooLong(Instant unprovenSince, int maxAgeDays, Instant now) {
        return Duration.between(unprovenSince, now).compareTo(Duration.ofDays(maxAgeDays)) > 0;
    }
}
