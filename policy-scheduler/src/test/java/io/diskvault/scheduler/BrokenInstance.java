package io.diskvault.scheduler;

import io.diskvault.command.Commands;
import io.diskvault.instance.InstanceCommand.RequestBackup;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import org.axonframework.commandhandling.gateway.CommandGateway;

/// The way for commands, on which requests for backups of instances named `…broken` fail like a lost database.
@Singleton
@Replaces(Commands.class)
@Requires(property = BrokenInstance.SETTING)
class BrokenInstance extends Commands {
    static final String SETTING = "test.broken-instance";

    BrokenInstance(CommandGateway gateway) {
        super(gateway);
    }

    @Override
    public void send(Object command) {
        if (command instanceof RequestBackup request
                && request.instance().name().endsWith("broken")) {
            throw new IllegalStateException("injected: " + request.instance());
        }
        super.send(command);
    }
}
