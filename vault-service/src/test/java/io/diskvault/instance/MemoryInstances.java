package io.diskvault.instance;

import io.diskvault.command.Commands;
import io.diskvault.disk.view.DiskRows;
import io.diskvault.instance.view.InstancePolicyRows;
import io.diskvault.instance.view.InstanceRows;
import io.diskvault.instance.view.RecoveryPointRows;
import io.diskvault.job.JobAggregate;
import io.diskvault.job.view.JobRows;
import io.diskvault.policy.PolicyAggregate;
import io.diskvault.resourcegroup.view.ResourceGroupRows;
import io.diskvault.testing.MemoryCache;
import io.diskvault.testing.MemoryEvents;
import io.diskvault.testing.MemoryTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;

/// Backup policies, instances and jobs as they are in the server, but in memory, for one thread, and without a clock:
/// fast enough for years of them. Whatever reacts to an event does so before the command returns.
public final class MemoryInstances {
    private MemoryInstances() {}

    /// @param knownJobs whether a job with this id was ever queued
    /// @param views what listens to the events
    public static Configuration start(MemoryEvents events, Predicate<String> knownJobs, List<?> views) {
        Configurer configurer = DefaultConfigurer.defaultConfiguration(false)
                .configureCommandBus(_ -> SimpleCommandBus.builder().build())
                .configureEventStore(_ -> EmbeddedEventStore.builder()
                        .storageEngine(events)
                        .optimizeEventConsumption(false)
                        .build());
        for (Class<?> aggregate : List.of(PolicyAggregate.type(), BackupInstance.class, JobAggregate.type())) {
            configurer.configureAggregate(
                    AggregateConfigurer.defaultConfiguration(aggregate).configureCache(_ -> new MemoryCache()));
        }
        configurer.registerCommandHandler(configuration -> requests(configuration.commandGateway(), knownJobs));
        configurer.eventProcessing(processing -> {
            processing
                    .usingSubscribingEventProcessors()
                    .registerDefaultListenerInvocationErrorHandler(_ -> PropagatingErrorHandler.INSTANCE)
                    .registerDefaultErrorHandler(_ -> PropagatingErrorHandler.INSTANCE)
                    .registerEventHandler(
                            configuration -> new BackupOutcomes(new Commands(configuration.commandGateway())));
            views.forEach(view -> processing.registerEventHandler(_ -> view));
        });
        return configurer.start();
    }

    private static BackupRequests requests(CommandGateway commands, Predicate<String> knownJobs) {
        JobRows jobs = MemoryTable.of(JobRows.class, Map.of("existsById", id -> knownJobs.test((String) id)));
        InstanceRows instances = MemoryTable.of(InstanceRows.class, Map.of("findById", _ -> Optional.empty()));
        InstanceCatalog catalog = new InstanceCatalog(
                instances,
                MemoryTable.of(InstancePolicyRows.class, Map.of()),
                MemoryTable.of(RecoveryPointRows.class, Map.of()),
                MemoryTable.of(ResourceGroupRows.class, Map.of()));
        Overwrites overwrites = new Overwrites(commands, MemoryTable.of(DiskRows.class, Map.of()), jobs);
        return new BackupRequests(
                commands,
                jobs,
                catalog,
                new EndedBackups(commands, overwrites, instances, jobs),
                new BackupLimits(180, 200, 10));
    }
}
