package io.diskvault.restoretest;

import io.diskvault.command.Commands;
import io.diskvault.instance.InstanceCatalog;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.ProtectedInstance;
import io.diskvault.job.JobId;
import io.diskvault.restoretest.RestoreTestPlanCommand.RunTests;
import io.diskvault.restoretest.TestTurns.Candidate;
import io.diskvault.restoretest.view.RestoreProofRow;
import io.diskvault.restoretest.view.RestoreProofRows;
import io.diskvault.restoretest.view.RestoreTestPlanRow;
import io.diskvault.restoretest.view.RestoreTestPlanRows;
import io.diskvault.vault.VaultId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the plans want done at an instant. Asked again and again, by as many nodes as one likes: the plans and the
/// instances decide by their history, and whoever comes second finds it done.
@Singleton
public class RestoreTestPlans {
    private static final Logger LOG = LoggerFactory.getLogger(RestoreTestPlans.class);

    private final RestoreTestPlanRows plans;
    private final RestoreProofRows proofs;
    private final InstanceCatalog instances;
    private final Commands commands;

    RestoreTestPlans(RestoreTestPlanRows plans, RestoreProofRows proofs, InstanceCatalog instances, Commands commands) {
        this.plans = plans;
        this.proofs = proofs;
        this.instances = instances;
        this.commands = commands;
    }

    /// The vaults that have a plan.
    public List<VaultId> vaults() {
        return plans.findAll().stream().map(row -> new VaultId(row.vault())).toList();
    }

    /// Starts the tests of a vault whose time has come. Of several slots that passed the newest one counts.
    ///
    /// @return whether any were started
    public boolean startDue(VaultId vault, Instant now) {
        Optional<RestoreTestPlanRow> plan = plans.findById(vault.name());
        Optional<Instant> slot = plan.flatMap(row -> row.terms().schedule().latestAtOrBefore(now));
        if (slot.filter(due -> RestoreTestPlan.isDue(due, plan.orElseThrow().decidedUntil(), now))
                .isEmpty()) {
            return false;
        }
        PlanTerms terms = plan.orElseThrow().terms();
        RunTests run = new RunTests(
                new RestoreTestPlanId(vault),
                plan.orElseThrow().version(),
                slot.get(),
                terms.test(),
                chosen(vault, terms, slot.get()),
                now);
        boolean started = commands.ask(run, Boolean.class);
        if (started) {
            LOG.info(
                    "vault {}: {} restore tests start for the slot {}",
                    vault.name(),
                    run.tests().size(),
                    slot.get());
        }
        return started && !run.tests().isEmpty();
    }

    private List<ChosenTest> chosen(VaultId vault, PlanTerms terms, Instant slot) {
        return turns(vault, terms).next().stream()
                .flatMap(candidate -> chosen(candidate, terms, slot).stream())
                .toList();
    }

    private Optional<ChosenTest> chosen(Candidate candidate, PlanTerms terms, Instant slot) {
        InstanceId instance = candidate.instance();
        JobId job = JobId.ofSlot(slot, "restore-test", instance.path());
        return Optional.of(instances.livePoints(instance))
                .filter(points -> !points.isEmpty())
                .map(points -> new ChosenTest(
                        instance, terms.recoveryPoint().among(points, job), job, candidate.lastTested()));
    }

    private TestTurns turns(VaultId vault, PlanTerms terms) {
        Map<String, RestoreProofRow> standing = proofs.ofVault(vault.name());
        List<Candidate> candidates = instances.testable(vault).stream()
                .map(instance -> candidate(instance, standing))
                .toList();
        return TestTurns.of(candidates, terms.sharePercent());
    }

    private static Candidate candidate(ProtectedInstance instance, Map<String, RestoreProofRow> standing) {
        Optional<RestoreProofRow> row =
                Optional.ofNullable(standing.get(instance.instance().path()));
        return new Candidate(
                instance.instance(),
                instance.protectedSince(),
                row.map(RestoreProofRow::lastTested),
                row.map(RestoreProofRow::openJob).isPresent());
    }

    /// When it will be the turn of each instance that can be tested, if nothing changes until then.
    public Map<InstanceId, Instant> nextTests(VaultId vault, Instant now) {
        Map<InstanceId, Instant> next = new HashMap<>();
        plans.findById(vault.name()).ifPresent(plan -> {
            PlanTerms terms = plan.terms();
            TestTurns turns = turns(vault, terms);
            Instant slot = terms.schedule().nextAfter(now);
            for (int place = 0; place < turns.waiting().size(); place++) {
                if (place > 0 && turns.runsUntil(place) > turns.runsUntil(place - 1)) {
                    slot = terms.schedule().nextAfter(slot);
                }
                next.put(turns.waiting().get(place).instance(), slot);
            }
        });
        return next;
    }
}
