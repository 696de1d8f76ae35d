package io.diskvault.restoretest;

import java.time.Instant;
import java.util.List;

/// What happened to a restore test plan; stored for ever.
public sealed interface RestoreTestPlanEvent {
    RestoreTestPlanId plan();

    /// @param version goes on when a plan is made anew, so that a version means one set of terms for ever
    record RestoreTestPlanSet(RestoreTestPlanId plan, long version, PlanTerms terms, Instant at)
            implements RestoreTestPlanEvent {}

    record RestoreTestPlanDeleted(RestoreTestPlanId plan, Instant at) implements RestoreTestPlanEvent {}

    /// The tests of a slot, also if there was nothing to test. Older slots that nobody was there for are covered by it.
    record RestoreTestsDecided(RestoreTestPlanId plan, long version, Instant slot, List<ChosenTest> tests, Instant at)
            implements RestoreTestPlanEvent {
        public RestoreTestsDecided {
            tests = List.copyOf(tests);
        }
    }
}
