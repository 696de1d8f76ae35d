package io.diskvault.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.policy.InstancePoints.History;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is forecast for a date is what is there on that date when nothing fails.
class ForecastLawsTest {
    private static final long SEED = 20_261_121;
    private static final int POLICIES = 10_000;

    @Test
    void aForecastIsWhatAStepByStepModelHolds() {
        Policies policies = new Policies(SEED);
        Random random = new Random(SEED);
        int points = 0;
        for (int i = 0; i < POLICIES; i++) {
            PolicySimulation policy = policies.next();
            String named = "seed " + SEED + ", policy " + i + ": " + policy;
            Instant start = policy.schedule().nextAfter(Instant.EPOCH).plus(minutes(random, 200));
            ReferenceModel model = new ReferenceModel(policy.schedule(), policy.retention());
            // The middle is where the forecast is made once more, from what there is by then.
            Instant middle = start.plus(minutes(random, 60));
            Instant date = middle.plus(minutes(random, 60));
            Optional<Instant> last = run(model, policy, start.minusNanos(1), middle);
            model.expire(middle);
            assertEquals(model.live(), policy.liveAt(SimulatedStart.at(start), middle), named);
            History history =
                    new History(model.live(), Set.of(), last, new ForecastProtection(true, true, Optional.empty()));
            run(model, policy, middle, date);
            model.expire(date);
            assertEquals(model.live(), policy.liveAt(SimulatedStart.at(start), date), named);
            assertEquals(model.live(), policy.liveAt(new SimulatedStart(middle, last), history, date), named);
            points += model.size();
        }
        assertTrue(points > 10 * POLICIES, "only " + points + " points were compared");
    }

    private static Duration minutes(Random random, int days) {
        return Duration.ofMinutes(random.nextInt(days * 24 * 60));
    }

    private static Optional<Instant> run(ReferenceModel model, PolicySimulation policy, Instant after, Instant until) {
        Optional<Instant> last = Optional.empty();
        for (Instant slot = policy.schedule().nextAfter(after);
                !slot.isAfter(until);
                slot = policy.schedule().nextAfter(slot)) {
            model.backUp(slot);
            model.expire(slot);
            last = Optional.of(slot);
        }
        return last;
    }
}
