package io.diskvault.health;

import io.diskvault.instance.Health;
import io.diskvault.instance.Health.Persistence;
import io.diskvault.instance.Health.State;
import java.time.Instant;

/// Something that is wrong with an instance.
///
/// @param from since when, or from when on if nothing happens
record HealthFinding(State state, Persistence persistence, Instant from, String reason, String recommendedAction) {
    Health health() {
        return new Health(state, persistence, reason, recommendedAction);
    }
}
