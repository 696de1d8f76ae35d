package io.diskvault.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A place where events, chain and checkpoints do not fit.
///
/// @param position in the chain; null if it has none
/// @param globalIndex in the order of all events; null if it has none
/// @param stream whose event; null if the finding is about no event
/// @param message what is wrong, in words
public record Finding(
        Kind kind,
        @Nullable Long position,
        @Nullable Long globalIndex,
        @Nullable String stream,
        @Nullable Long sequenceNumber,
        String message) {
    /// What is wrong.
    public enum Kind {
        /// The event, or its hash in the chain, is not what it was.
        CHANGED,
        /// The event is not there any more.
        REMOVED,
        /// The event was put into the past.
        ADDED,
        /// The event stands at another place than it did.
        REORDERED,
        /// Links are missing in the chain.
        LINKS_MISSING,
        /// The newest events are not linked: the part of the server that does it stands still.
        NOT_LINKED,
        /// The chain is shorter than a checkpoint says, or the events end before one that was read.
        TAIL_CUT,
        /// The chain fits the events but not a checkpoint: both were written anew.
        REWRITTEN,
        /// A checkpoint is not what was signed, or not signed by a key that is trusted.
        CHECKPOINT_FORGED,
        /// A directory with checkpoints cannot be read now.
        CHECKPOINTS_UNREADABLE;

        /// `TailCut` for `TAIL_CUT`.
        @JsonValue
        public String text() {
            return Arrays.stream(name().split("_"))
                    .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining());
        }
    }

    static Finding of(Kind kind, ChainLink link, String message) {
        return new Finding(kind, link.position(), link.globalIndex(), link.stream(), link.sequenceNumber(), message);
    }

    static Finding of(Kind kind, AuditedEvent event, String message) {
        return new Finding(kind, null, event.globalIndex(), event.stream(), event.sequenceNumber(), message);
    }

    static Finding of(Kind kind, Checkpoint checkpoint, String message) {
        return new Finding(kind, checkpoint.events(), checkpoint.lastGlobalIndex(), null, null, message);
    }

    static Finding of(Kind kind, String message) {
        return new Finding(kind, null, null, null, null, message);
    }
}
