package io.diskvault.restoretest.view;

import io.diskvault.instance.InstanceEvent.ProtectionRemoved;
import io.diskvault.instance.InstanceId;
import io.diskvault.job.JobError;
import io.diskvault.job.JobEvent.JobCancelled;
import io.diskvault.job.JobEvent.JobFailed;
import io.diskvault.job.JobOrder.RestoreTestOrder;
import io.diskvault.restoretest.CheckResult;
import io.diskvault.restoretest.RestoreTestEvent.RestoreProofOverdueRaised;
import io.diskvault.restoretest.RestoreTestEvent.RestoreProofOverdueResolved;
import io.diskvault.restoretest.RestoreTestEvent.RestoreTestEnded;
import io.diskvault.restoretest.RestoreTestEvent.RestoreTestRequested;
import io.diskvault.restoretest.RestoreTestPlanEvent.RestoreTestPlanDeleted;
import io.diskvault.restoretest.RestoreTestPlanEvent.RestoreTestPlanSet;
import io.diskvault.restoretest.RestoreTestPlanEvent.RestoreTestsDecided;
import io.diskvault.restoretest.TestEvidence;
import io.diskvault.restoretest.TestOutcome;
import io.diskvault.web.ColumnText;
import io.diskvault.web.Views;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;

/// Keeps the tables of restore tests. They can be dropped and replayed.
///
/// What is known of a test stays when its recovery point expires and when its instance goes. Where an instance stands
/// goes with it: one that is made anew under its name has proven nothing.
@Singleton
@ProcessingGroup(Views.GROUP)
public class RestoreTestView {
    /// As the table has them.
    private static final int CODE_MAX = 100;

    private static final int MESSAGE_MAX = 4000;
    private static final int ACTION_MAX = 1000;

    private final RestoreTestPlanRows plans;
    private final RestoreTestRows tests;
    private final RestoreTestCheckRows checks;
    private final RestoreProofRows proofs;

    RestoreTestView(
            RestoreTestPlanRows plans, RestoreTestRows tests, RestoreTestCheckRows checks, RestoreProofRows proofs) {
        this.plans = plans;
        this.tests = tests;
        this.checks = checks;
        this.proofs = proofs;
    }

    @EventHandler
    void on(RestoreTestPlanSet event) {
        String vault = event.plan().vault().name();
        Optional<RestoreTestPlanRow> before = plans.findById(vault);
        plans.deleteById(vault);
        plans.save(RestoreTestPlanRow.of(event, before));
    }

    @EventHandler
    void on(RestoreTestPlanDeleted event) {
        plans.deleteById(event.plan().vault().name());
    }

    @EventHandler
    void on(RestoreTestsDecided event) {
        if (plans.decided(event.plan().vault().name(), event.slot()) != 1) {
            throw new IllegalStateException("no row of " + event.plan());
        }
    }

    @EventHandler
    void on(RestoreTestRequested event) {
        String job = event.job().text();
        tests.deleteById(job);
        checks.deleteByJobId(job);
        tests.save(RestoreTestRow.of(event));
        require(event.instance());
        proofs.requested(event.instance().path(), job, event.at());
    }

    private void require(InstanceId instance) {
        if (!proofs.existsById(instance.path())) {
            proofs.save(
                    new RestoreProofRow(instance.path(), instance.vault(), null, null, null, null, null, null, null));
        }
    }

    @EventHandler
    void on(RestoreTestEnded event) {
        String job = event.job().text();
        TestEvidence evidence = event.evidence();
        int changed = tests.ended(
                job,
                event.at(),
                evidence.outcome().text(),
                evidence.logicalBytes(),
                evidence.restoredBytes(),
                evidence.restoreMillis(),
                evidence.verifyMillis(),
                RestoreTestRow.textOf(evidence.damaged()),
                evidence.moreDamaged());
        if (changed != 1) {
            throw new IllegalStateException("no row of the restore test " + job);
        }
        evidence.error().ifPresent(error -> fail(job, error));
        List<CheckResult> results = evidence.checks();
        checks.deleteByJobId(job);
        checks.saveAll(IntStream.range(0, results.size())
                .mapToObj(place -> RestoreTestCheckRow.of(job, place, results.get(place)))
                .toList());
        proofs.ended(job);
        if (evidence.outcome() == TestOutcome.PROVEN) {
            proofs.proven(event.instance().path(), job, event.recoveryPoint(), event.at());
        }
    }

    private void fail(String job, JobError error) {
        tests.failed(
                job,
                ColumnText.of(error.code(), CODE_MAX),
                ColumnText.of(error.message(), MESSAGE_MAX),
                ColumnText.of(error.recommendedAction(), ACTION_MAX));
    }

    @EventHandler
    void on(JobFailed event) {
        if (event.order() instanceof RestoreTestOrder
                && tests.notTested(event.job().text(), event.at()) == 1) {
            fail(event.job().text(), event.error());
            proofs.ended(event.job().text());
        }
    }

    @EventHandler
    void on(JobCancelled event) {
        if (event.order() instanceof RestoreTestOrder
                && tests.notTested(event.job().text(), event.at()) == 1) {
            proofs.ended(event.job().text());
        }
    }

    @EventHandler
    void on(RestoreProofOverdueRaised event) {
        require(event.instance());
        proofs.setOverdue(event.instance().path(), event.unprovenSince());
    }

    @EventHandler
    void on(RestoreProofOverdueResolved event) {
        proofs.setOverdue(event.instance().path(), null);
    }

    @EventHandler
    void on(ProtectionRemoved event) {
        proofs.deleteById(event.instance().path());
    }

    @ResetHandler
    void reset() {
        plans.deleteAll();
        tests.deleteAll();
        checks.deleteAll();
        proofs.deleteAll();
    }
}
