package io.diskvault.policy;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.diskvault.command.CommandRejected;
import io.diskvault.policy.PolicyCommand.AskPolicyRules;
import io.diskvault.policy.PolicyCommand.AssignPolicy;
import io.diskvault.policy.PolicyCommand.ChangePolicy;
import io.diskvault.policy.PolicyCommand.CorrectScheduleTime;
import io.diskvault.policy.PolicyCommand.CreatePolicy;
import io.diskvault.policy.PolicyCommand.UnassignPolicy;
import io.diskvault.policy.PolicyEntry.EnterPolicy;
import io.diskvault.policy.PolicyEntry.StrikePolicy;
import io.diskvault.policy.PolicyEvent.PolicyAssigned;
import io.diskvault.policy.PolicyEvent.PolicyChanged;
import io.diskvault.policy.PolicyEvent.PolicyCreated;
import io.diskvault.policy.PolicyEvent.PolicyDeleted;
import io.diskvault.policy.PolicyEvent.PolicyUnassigned;
import io.diskvault.policy.PolicyEvent.ScheduleTimeCorrected;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/// A backup policy counts its versions and knows the instances that follow it. A deleted policy's name may be used
/// again; the stream and the versions then go on, so that a name and a version mean one set of rules for ever.
@AggregateRoot(type = "BackupPolicy")
final class BackupPolicy {
    private static final int INSTANCES_NAMED_MAX = 3;

    @AggregateIdentifier
    @JsonProperty
    @SuppressWarnings("UnusedVariable") // read by the framework
    private @Nullable PolicyId id;

    /// Null when there is no policy of the name.
    @JsonProperty
    private @Nullable Rules rules;

    @JsonProperty
    private long version;

    /// When its schedule came into force; null if a snapshot is from before that was kept.
    @JsonProperty
    private @Nullable Instant scheduleSince;

    @JsonProperty
    private final Set<String> instances = new LinkedHashSet<>();

    BackupPolicy() {}

    /// What a version consists of.
    record Rules(BackupSchedule schedule, RetentionRules retention) {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(EnterPolicy command) {
        CreatePolicy order = command.order();
        if (rules == null) {
            apply(new PolicyCreated(order.policy(), version + 1, order.schedule(), order.retention(), order.at()));
        } else if (!rules.equals(new Rules(order.schedule(), order.retention()))) {
            throw new CommandRejected(
                    PolicyRejection.POLICY_VERSION_REQUIRED,
                    "The backup policy '%s' exists with other rules, in version %d; a change needs If-Match."
                            .formatted(order.policy().path(), version));
        }
    }

    /// A change that is already there is not an error, whatever version it was made on: the answer to the first request
    /// may have been lost.
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ChangePolicy command) {
        if (rules == null) {
            throw new CommandRejected(
                    PolicyRejection.POLICY_VERSION_MISMATCH,
                    "There is no backup policy '%s' to change; without If-Match one is created."
                            .formatted(command.policy().path()));
        }
        if (rules.equals(new Rules(command.schedule(), command.retention()))) {
            return;
        }
        if (command.expectedVersion() != version) {
            throw new CommandRejected(
                    PolicyRejection.POLICY_VERSION_MISMATCH,
                    "The backup policy '%s' is in version %d, not %d."
                            .formatted(command.policy().path(), version, command.expectedVersion()));
        }
        apply(new PolicyChanged(command.policy(), version + 1, command.schedule(), command.retention(), command.at()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Optional<PolicyRules> handle(AskPolicyRules command) {
        return Optional.ofNullable(rules).map(now -> new PolicyRules(now.schedule(), now.retention()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(CorrectScheduleTime command) {
        requireExists(command.policy());
        if (scheduleSince == null || scheduleSince.isAfter(command.at())) {
            apply(new ScheduleTimeCorrected(command.policy(), command.at()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(StrikePolicy command) {
        requireExists(command.policy());
        if (!instances.isEmpty()) {
            throw new CommandRejected(
                    PolicyRejection.POLICY_IN_USE,
                    "Cannot delete the backup policy '%s' as %d backup instances have been configured for protection with this policy: %s."
                            .formatted(command.policy().path(), instances.size(), someInstances()));
        }
        apply(new PolicyDeleted(command.policy(), command.order().at()));
    }

    private String someInstances() {
        String named = instances.stream().limit(INSTANCES_NAMED_MAX).collect(Collectors.joining(", "));
        return instances.size() > INSTANCES_NAMED_MAX ? named + " and others" : named;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(AssignPolicy command) {
        requireExists(command.policy());
        if (!instances.contains(command.instance())) {
            apply(new PolicyAssigned(command.policy(), command.instance(), command.at()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(UnassignPolicy command) {
        if (instances.contains(command.instance())) {
            apply(new PolicyUnassigned(command.policy(), command.instance(), command.at()));
        }
    }

    private void requireExists(PolicyId policy) {
        if (rules == null) {
            throw PolicyRejection.notFound(policy);
        }
    }

    @EventSourcingHandler
    void on(PolicyCreated event) {
        id = event.policy();
        version = event.version();
        rules = new Rules(event.schedule(), event.retention());
        scheduleSince = event.at();
    }

    @EventSourcingHandler
    void on(PolicyChanged event) {
        version = event.version();
        if (rules == null || !rules.schedule().equals(event.schedule())) {
            scheduleSince = event.at();
        }
        rules = new Rules(event.schedule(), event.retention());
    }

    @EventSourcingHandler
    void on(ScheduleTimeCorrected event) {
        scheduleSince = event.at();
    }

    @EventSourcingHandler
    void on(PolicyDeleted event) {
        rules = null;
    }

    @EventSourcingHandler
    void on(PolicyAssigned event) {
        instances.add(event.instance());
    }

    @EventSourcingHandler
    void on(PolicyUnassigned event) {
        instances.remove(event.instance());
    }
}
