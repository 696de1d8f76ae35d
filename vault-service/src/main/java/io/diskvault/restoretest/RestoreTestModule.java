package io.diskvault.restoretest;

import io.diskvault.alert.Alerts;
import io.diskvault.command.Commands;
import io.diskvault.command.FeatureModule;
import io.diskvault.instance.InstanceCatalog;
import io.diskvault.job.view.JobRows;
import io.diskvault.platform.Aggregates;
import io.diskvault.restoretest.RestoreTestEvent.RestoreProofOverdueRaised;
import io.diskvault.restoretest.RestoreTestEvent.RestoreProofOverdueResolved;
import io.diskvault.restoretest.RestoreTestEvent.RestoreTestEnded;
import io.diskvault.restoretest.RestoreTestEvent.RestoreTestRequested;
import io.diskvault.restoretest.RestoreTestPlanEvent.RestoreTestPlanDeleted;
import io.diskvault.restoretest.RestoreTestPlanEvent.RestoreTestPlanSet;
import io.diskvault.restoretest.RestoreTestPlanEvent.RestoreTestsDecided;
import io.diskvault.restoretest.view.RestoreProofRows;
import jakarta.inject.Singleton;
import java.util.Map;
import org.axonframework.config.Configurer;

/// Restore tests, wired.
@Singleton
final class RestoreTestModule implements FeatureModule {
    private final InstanceCatalog instances;
    private final JobRows jobs;
    private final RestoreProofRows proofs;

    RestoreTestModule(InstanceCatalog instances, JobRows jobs, RestoreProofRows proofs) {
        this.instances = instances;
        this.jobs = jobs;
        this.proofs = proofs;
    }

    @Override
    public Map<String, Class<?>> storedTypes() {
        return Map.of(
                "restore-test-plan.set", RestoreTestPlanSet.class,
                "restore-test-plan.deleted", RestoreTestPlanDeleted.class,
                "restore-test-plan.tests-decided", RestoreTestsDecided.class,
                "restore-test-plan.snapshot", RestoreTestPlan.class,
                "restore-test.requested", RestoreTestRequested.class,
                "restore-test.ended", RestoreTestEnded.class,
                "restore-test.proof-overdue-raised", RestoreProofOverdueRaised.class,
                "restore-test.proof-overdue-resolved", RestoreProofOverdueResolved.class,
                "restore-test.snapshot", InstanceTests.class);
    }

    @Override
    public void register(Configurer configurer) {
        Aggregates.register(configurer, RestoreTestPlan.class);
        Aggregates.register(configurer, InstanceTests.class);
        configurer.registerCommandHandler(configuration -> new PlanRegistration(configuration.commandGateway()));
        configurer.registerCommandHandler(
                configuration -> new RestoreTestRequests(configuration.commandGateway(), instances, jobs, proofs));
        configurer.eventProcessing(processing -> processing.registerEventHandler(
                configuration -> new RestoreTestAlerts(new Alerts(new Commands(configuration.commandGateway())))));
    }
}
