package io.diskvault.instance;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which slots of an instance are decided: all up to an instant, because slots are decided in their order.
final class DecidedSlots {
    @JsonProperty
    private @Nullable Instant until;

    /// When the instance came to its policy from another one.
    @JsonProperty
    private @Nullable Instant policySince;

    boolean include(Instant slot) {
        return until != null && !slot.isAfter(until);
    }

    /// Whether all slots up to an instant are decided.
    boolean reach(Instant instant) {
        return until != null && !until.isBefore(instant);
    }

    /// Whether slots were decided, or the policy was switched, at what has not come yet by the clock as it is now. A
    /// clock that is a bit ahead of another node's is no reason to decide anything again.
    boolean areAheadOf(Instant now) {
        Instant tolerated = now.plus(ProtectedInstance.CLOCK_TOLERANCE);
        return (until != null && until.isAfter(tolerated)) || (policySince != null && policySince.isAfter(tolerated));
    }

    void extendTo(Instant slot) {
        until = slot;
    }

    /// Slots after this instant are to be decided, whatever was decided about them before.
    void reopenAfter(Instant instant) {
        until = earlier(until, instant);
        policySince = earlier(policySince, instant);
    }

    private static @Nullable Instant earlier(@Nullable Instant one, Instant other) {
        return one != null && one.isAfter(other) ? other : one;
    }

    /// Slots up to this instant that are not decided remain the former policy's.
    void policySwitched(Instant at) {
        policySince = at;
    }

    /// @param since slots up to this instant never concern the instance
    void startAnew(Instant since) {
        until = since;
        policySince = null;
    }
}
