package io.diskvault.vault;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;

/// What becomes of a vault's backup instances when they are deleted.
///
/// @param retentionDays how long a deleted instance can be undeleted, unless the state is `Off`
public record SoftDelete(State state, int retentionDays) {
    /// What a vault has that was made without saying.
    public static final SoftDelete DEFAULT = new SoftDelete(State.ON, 14);

    private static final int DAYS_MIN = 14;
    private static final int DAYS_MAX = 180;

    public SoftDelete {
        if (retentionDays < DAYS_MIN || retentionDays > DAYS_MAX) {
            throw GeneralRejection.invalid("softDelete.retentionDays is %d; %d to %d days are allowed."
                    .formatted(retentionDays, DAYS_MIN, DAYS_MAX));
        }
    }

    /// Whether instances are deleted softly.
    public enum State {
        OFF("Off"),
        ON("On"),
        /// On, and never to be anything else.
        ALWAYS_ON("AlwaysOn");

        private final String text;

        State(String text) {
            this.text = text;
        }

        /// As it is stored and told.
        @JsonValue
        public String text() {
            return text;
        }

        /// Reads what [#text] wrote.
        @JsonCreator
        public static State of(String text) {
            return Arrays.stream(values())
                    .filter(state -> state.text.equals(text))
                    .findFirst()
                    .orElseThrow(() -> GeneralRejection.invalid("softDelete.state is %s; it is one of %s."
                            .formatted(
                                    Quoted.of(text),
                                    Arrays.stream(values()).map(State::text).collect(Collectors.joining(", ")))));
        }
    }

    /// Whether instances are kept for a while after they were deleted.
    public boolean keeps() {
        return state != State.OFF;
    }

    /// When an instance that is deleted now is purged.
    public Instant purgeTime(Instant deletedAt) {
        return deletedAt.plus(Duration.ofDays(retentionDays));
    }

    /// Whether that keeps deleted instances for a shorter time, or not at all, or lets somebody else do so.
    public boolean isWeakenedBy(SoftDelete next) {
        return next.state.compareTo(state) < 0 || (keeps() && next.retentionDays < retentionDays);
    }

    /// Whether this may follow: what is always on stays on, and for no shorter time.
    boolean mayBecome(SoftDelete next) {
        return state != State.ALWAYS_ON || (next.state == State.ALWAYS_ON && next.retentionDays >= retentionDays);
    }
}
