package io.diskvault.testing;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.diskvault.command.FeatureModule;
import io.diskvault.command.GeneralRejection;
import io.diskvault.job.JobEvent.JobFailed;
import io.diskvault.web.Views;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.Configurer;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;

/// A feature whose event handler writes a row and then fails as a test says, in servers with [#SETTING].
@Singleton
@Requires(property = Probe.SETTING)
public final class Probe implements FeatureModule {
    /// Set to anything.
    public static final String SETTING = "testing.probe";

    public static final String GROUP = "probe";

    /// How the handler fails.
    public enum Fault {
        BUG,
        STATEMENT,
        REFUSED_COMMAND
    }

    /// Which events fail how; shared by all servers of this process.
    public static final Map<String, Fault> FAULTS = new ConcurrentHashMap<>();

    /// The events that were handled to the end, in their order.
    public static final ConcurrentLinkedQueue<String> HANDLED = new ConcurrentLinkedQueue<>();

    /// Something happened to somebody.
    public record Probed(@JsonProperty String name) {}

    record Refuse(@JsonProperty String name) {}

    private final DataSource database;

    Probe(DataSource database) {
        this.database = database;
    }

    @Override
    public Map<String, Class<?>> storedTypes() {
        return Map.of("probe.probed", Probed.class);
    }

    @Override
    public void register(Configurer configurer) {
        configurer.registerCommandHandler(configuration -> new Refusing());
        configurer.eventProcessing(processing -> processing.registerEventHandler(
                configuration -> new Handler(database, configuration.commandGateway())));
    }

    /// A projection that keeps nothing, and is told of an event after some others and before some.
    @Singleton
    @Requires(property = SETTING)
    @ProcessingGroup(Views.GROUP)
    public static final class Projection {
        @EventHandler
        void on(JobFailed event) {
            if (FAULTS.containsKey(event.job().text())) {
                throw new IllegalStateException("a bug");
            }
        }
    }

    /// Refuses everything.
    public static final class Refusing {
        @CommandHandler
        @SuppressWarnings("DoNotCallSuggester") // the framework calls it
        void handle(Refuse command) {
            throw GeneralRejection.invalid(command.name());
        }
    }

    /// Takes a lease for every event: any table will do.
    @ProcessingGroup(GROUP)
    public static final class Handler {
        private final DataSource database;
        private final CommandGateway commands;

        Handler(DataSource database, CommandGateway commands) {
            this.database = database;
            this.commands = commands;
        }

        @EventHandler
        void on(Probed event) throws SQLException {
            insert(event.name());
            Fault fault = FAULTS.get(event.name());
            if (fault != null) {
                switch (fault) {
                    case BUG -> throw new IllegalStateException("a bug: " + "x".repeat(5000));
                    case STATEMENT -> insert(event.name());
                    case REFUSED_COMMAND -> commands.<Object>sendAndWait(new Refuse(event.name()));
                }
            }
            HANDLED.add(event.name());
        }

        private void insert(String name) throws SQLException {
            try (Connection connection = database.getConnection();
                    PreparedStatement insert = connection.prepareStatement(
                            "INSERT INTO job_lease (job_id, worker, renewed_at, done_bytes, total_bytes)"
                                    + " VALUES (?, 'probe', CURRENT_TIMESTAMP, 0, 0)")) {
                insert.setString(1, name);
                insert.executeUpdate();
            }
        }
    }
}
