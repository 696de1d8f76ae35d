package io.diskvault.restoretest;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.diskvault.command.CommandRejected;
import io.diskvault.instance.ProtectedInstance;
import io.diskvault.restoretest.RestoreTestPlanCommand.DecideTests;
import io.diskvault.restoretest.RestoreTestPlanCommand.EnterPlan;
import io.diskvault.restoretest.RestoreTestPlanCommand.RunTests;
import io.diskvault.restoretest.RestoreTestPlanCommand.SetPlan;
import io.diskvault.restoretest.RestoreTestPlanCommand.StrikePlan;
import io.diskvault.restoretest.RestoreTestPlanEvent.RestoreTestPlanDeleted;
import io.diskvault.restoretest.RestoreTestPlanEvent.RestoreTestPlanSet;
import io.diskvault.restoretest.RestoreTestPlanEvent.RestoreTestsDecided;
import java.time.Instant;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/// A plan counts its versions and knows up to which slot tests were started, so that a slot is run once, and many that
/// passed while nobody was there are run once together.
@AggregateRoot(type = "RestoreTestPlan")
final class RestoreTestPlan {
    @AggregateIdentifier
    @JsonProperty
    @SuppressWarnings("UnusedVariable") // read by the framework
    private @Nullable RestoreTestPlanId id;

    /// Null when there is no plan.
    @JsonProperty
    private @Nullable PlanTerms terms;

    @JsonProperty
    private long version;

    /// Slots up to this instant are decided, or were never the plan's.
    @JsonProperty
    private Instant decidedUntil = Instant.EPOCH;

    RestoreTestPlan() {}

    /// What is there already is not an error, whatever version it was asked for on.
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(EnterPlan command) {
        SetPlan order = command.order();
        if (!order.terms().equals(terms)) {
            requireVersion(order);
            apply(new RestoreTestPlanSet(order.plan(), version + 1, order.terms(), order.at()));
        }
    }

    private void requireVersion(SetPlan order) {
        String vault = order.plan().vault().name();
        if (order.expectedVersion().isEmpty() && terms != null) {
            throw new CommandRejected(
                    RestoreTestRejection.PLAN_VERSION_REQUIRED,
                    "The backup vault '%s' has another restore test plan, in version %d; a change needs If-Match."
                            .formatted(vault, version));
        }
        if (order.expectedVersion().isPresent()
                && (terms == null || order.expectedVersion().get() != version)) {
            throw new CommandRejected(
                    RestoreTestRejection.PLAN_VERSION_MISMATCH,
                    terms == null
                            ? "The backup vault '%s' has no restore test plan to change; without If-Match one is made."
                                    .formatted(vault)
                            : "The restore test plan of the backup vault '%s' is in version %d, not %d."
                                    .formatted(
                                            vault,
                                            version,
                                            order.expectedVersion().get()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(StrikePlan command) {
        if (terms == null) {
            throw RestoreTestRejection.planNotFound(command.plan());
        }
        apply(new RestoreTestPlanDeleted(command.plan(), command.order().at()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    boolean handle(DecideTests command) {
        RunTests order = command.order();
        if (terms == null || order.version() != version || !isDue(order.slot(), decidedUntil, order.at())) {
            return false;
        }
        apply(new RestoreTestsDecided(order.plan(), version, order.slot(), order.tests(), order.at()));
        return true;
    }

    /// Whether the tests of a slot are still to be started. What was decided while a clock was ahead does not keep
    /// tests waiting until that time has come.
    static boolean isDue(Instant slot, Instant decidedUntil, Instant now) {
        return slot.isAfter(decidedUntil) || decidedUntil.isAfter(now.plus(ProtectedInstance.CLOCK_TOLERANCE));
    }

    @EventSourcingHandler
    void on(RestoreTestPlanSet event) {
        id = event.plan();
        version = event.version();
        if (terms == null || !terms.schedule().equals(event.terms().schedule())) {
            decidedUntil = event.at();
        }
        terms = event.terms();
    }

    @EventSourcingHandler
    void on(RestoreTestPlanDeleted event) {
        terms = null;
    }

    @EventSourcingHandler
    void on(RestoreTestsDecided event) {
        decidedUntil = event.slot();
    }
}
