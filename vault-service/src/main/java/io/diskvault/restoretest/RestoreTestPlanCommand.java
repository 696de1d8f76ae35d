package io.diskvault.restoretest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/// Orders to a restore test plan. None is a critical operation: no recovery point goes sooner or fails to come by it.
public sealed interface RestoreTestPlanCommand {
    RestoreTestPlanId plan();

    /// Makes or changes a plan, which is a member of its vault.
    ///
    /// @param expectedVersion the version that a change was made on; empty if there should be no plan yet
    record SetPlan(RestoreTestPlanId plan, PlanTerms terms, Optional<Long> expectedVersion, Instant at)
            implements RestoreTestPlanCommand {}

    record DeletePlan(RestoreTestPlanId plan, Instant at) implements RestoreTestPlanCommand {}

    /// Starts the tests of a slot, once, however often it is asked for.
    ///
    /// @param version of the plan by which they were chosen; a plan that was changed meanwhile chooses anew
    /// @param terms what each of them does
    record RunTests(
            RestoreTestPlanId plan, long version, Instant slot, TestTerms terms, List<ChosenTest> tests, Instant at)
            implements RestoreTestPlanCommand {
        public RunTests {
            tests = List.copyOf(tests);
        }
    }

    /// The plan's own part of setting it.
    record EnterPlan(SetPlan order) implements RestoreTestPlanCommand {
        @Override
        @TargetAggregateIdentifier
        public RestoreTestPlanId plan() {
            return order.plan();
        }
    }

    /// The plan's own part of deleting it.
    record StrikePlan(DeletePlan order) implements RestoreTestPlanCommand {
        @Override
        @TargetAggregateIdentifier
        public RestoreTestPlanId plan() {
            return order.plan();
        }
    }

    /// The plan's own part of running tests; answers whether they are to be started now.
    record DecideTests(RunTests order) implements RestoreTestPlanCommand {
        @Override
        @TargetAggregateIdentifier
        public RestoreTestPlanId plan() {
            return order.plan();
        }
    }
}
