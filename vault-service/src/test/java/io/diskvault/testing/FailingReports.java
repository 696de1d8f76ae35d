package io.diskvault.testing;

import io.diskvault.command.Commands;
import io.diskvault.job.JobCommand.CompleteJob;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.commandhandling.gateway.CommandGateway;

/// The database is away whenever a job wants to report its end, as often as a test says; in servers with [#SETTING].
@Singleton
@Replaces(Commands.class)
@Requires(property = FailingReports.SETTING)
public class FailingReports extends Commands {
    /// How many reports fail.
    public static final String SETTING = "testing.failing-reports";

    private final AtomicInteger left;

    FailingReports(CommandGateway gateway, @io.micronaut.context.annotation.Value("${" + SETTING + "}") int failures) {
        super(gateway);
        left = new AtomicInteger(failures);
    }

    @Override
    public void send(Object command) {
        if (command instanceof CompleteJob && left.getAndDecrement() > 0) {
            throw new IllegalStateException("the database is away");
        }
        super.send(command);
    }

    /// Whether all of them have failed.
    public boolean areUsedUp() {
        return left.get() <= 0;
    }
}
