package io.diskvault.restoretest;

import io.diskvault.instance.InstanceCatalog;
import io.diskvault.instance.InstanceId;
import io.diskvault.job.JobCommand.QueueJob;
import io.diskvault.job.JobOrder.RestoreTestOrder;
import io.diskvault.job.view.JobRows;
import io.diskvault.restoretest.RestoreTestCommand.DecideTest;
import io.diskvault.restoretest.RestoreTestCommand.RequestTest;
import io.diskvault.restoretest.RestoreTestPlanCommand.DecideTests;
import io.diskvault.restoretest.RestoreTestPlanCommand.RunTests;
import io.diskvault.restoretest.view.RestoreProofRow;
import io.diskvault.restoretest.view.RestoreProofRows;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;

/// Takes requests for restore tests. What is decided is queued in the same transaction.
final class RestoreTestRequests {
    private final CommandGateway commands;
    private final InstanceCatalog instances;
    private final JobRows jobs;
    private final RestoreProofRows proofs;

    RestoreTestRequests(CommandGateway commands, InstanceCatalog instances, JobRows jobs, RestoreProofRows proofs) {
        this.commands = commands;
        this.instances = instances;
        this.jobs = jobs;
        this.proofs = proofs;
    }

    /// @return whether they are started by this very command
    @CommandHandler
    boolean handle(RunTests command) {
        boolean start = commands.sendAndWait(new DecideTests(command));
        if (start) {
            for (ChosenTest test : command.tests()) {
                queue(new RequestTest(
                        test.instance(),
                        test.job(),
                        test.recoveryPoint(),
                        command.terms(),
                        Optional.of(new PlannedBy(command.version(), command.slot())),
                        command.at()));
            }
        }
        return start;
    }

    @CommandHandler
    void handle(RequestTest command) {
        if (jobs.existsById(command.job().text())) {
            return; // a repetition
        }
        InstanceId instance = command.instance();
        proofs.findById(instance.path()).map(RestoreProofRow::openJob).ifPresent(job -> {
            throw RestoreTestRejection.testRunning(instance, job);
        });
        queue(command);
    }

    private void queue(RequestTest order) {
        boolean isNew = commands.sendAndWait(new DecideTest(order));
        if (isNew) {
            commands.<Object>sendAndWait(new QueueJob(
                    order.job(),
                    new RestoreTestOrder(
                            order.instance().vault(),
                            order.instance().name(),
                            order.recoveryPoint(),
                            order.terms().scratchGroup().name(),
                            order.plan().map(PlannedBy::slot)),
                    instances.datastoreOf(order.instance()),
                    Optional.empty(),
                    order.at()));
        }
    }
}
