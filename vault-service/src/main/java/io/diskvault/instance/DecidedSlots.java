package io.diskvault.instance;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which slots of an instance are decided: all up to an instant, because slots are decided in their order.
final class DecidedSlots {
    @JsonProperty
    private @Nullable Instant until;

    boolean include(Instant slot) {
        return until != null && !slot.isAfter(until);
    }

    /// Whether all slots up to an instant are decided.
    boolean reach(Instant instant) {
        return until != null && !until.isBefore(instant);
    }

    /// Whether slots were decided that, by the clock as it is now, have not come yet. A clock that is a bit ahead of
    /// another node's is no reason to decide anything again.
    boolean areAheadOf(Instant now) {
        return until != null && until.isAfter(now.plus(ProtectedInstance.CLOCK_TOLERANCE));
    }

    void extendTo(Instant slot) {
        until = slot;
    }

    /// Slots after this instant are to be decided, whatever was decided about them before.
    void reopenAfter(Instant instant) {
        until = instant;
    }

    /// @param since slots up to this instant never concern the instance
    void startAnew(Instant since) {
        until = since;
    }
}
