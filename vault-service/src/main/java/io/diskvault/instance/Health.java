package io.diskvault.instance;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How an instance is, of all that is wrong with it the worst, and what to do about that.
///
/// @param persistence null unless something is wrong
/// @param reason one sentence; null for a healthy instance
/// @param recommendedAction one sentence; null for a healthy instance
public record Health(
        State state,
        @Nullable Persistence persistence,
        @Nullable String reason,
        @Nullable String recommendedAction) {
    public static final Health HEALTHY = new Health(State.HEALTHY, null, null, null);

    /// As bad as they come later in this list, except the last, which is what people want.
    public enum State {
        /// Backups come as the schedule says, and nothing is known to be wrong with them.
        HEALTHY("Healthy"),
        /// Something needs to be looked at; what the disk was lately can still be given back.
        DEGRADED("Degraded"),
        /// What the disk was lately, or what was thought to be safe, cannot be given back.
        UNHEALTHY("Unhealthy"),
        /// Somebody has stopped or suspended the backups.
        NOT_PROTECTED("NotProtected");

        private final String text;

        State(String text) {
            this.text = text;
        }

        /// As it is told.
        @JsonValue
        public String text() {
            return text;
        }

        /// @throws io.diskvault.command.CommandRejected if there is no such state
        @JsonCreator
        public static State of(String text) {
            return Arrays.stream(values())
                    .filter(state -> state.text.equals(text))
                    .findFirst()
                    .orElseThrow(() -> GeneralRejection.invalid("health is %s; it is one of %s."
                            .formatted(
                                    Quoted.of(text),
                                    Arrays.stream(values()).map(State::text).collect(Collectors.joining(", ")))));
        }
    }

    /// Whether it will pass by itself.
    public enum Persistence {
        TRANSIENT("Transient"),
        PERSISTENT("Persistent");

        private final String text;

        Persistence(String text) {
            this.text = text;
        }

        /// As it is told.
        @JsonValue
        public String text() {
            return text;
        }
    }
}
