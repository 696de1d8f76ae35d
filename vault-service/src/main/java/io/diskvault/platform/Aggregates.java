package io.diskvault.platform;

import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configurer;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;

/// How every aggregate is stored: event-sourced, with a snapshot of its state after a number of events.
public final class Aggregates {
    /// Rebuilding reads at most about this many events; an instance with an hourly schedule writes some 100 a day.
    private static final int EVENTS_PER_SNAPSHOT = 100;

    private Aggregates() {}

    /// Registers one aggregate type.
    public static void register(Configurer configurer, Class<?> type) {
        configurer.configureAggregate(AggregateConfigurer.defaultConfiguration(type)
                .configureSnapshotTrigger(configuration ->
                        new EventCountSnapshotTriggerDefinition(configuration.snapshotter(), EVENTS_PER_SNAPSHOT)));
    }
}
