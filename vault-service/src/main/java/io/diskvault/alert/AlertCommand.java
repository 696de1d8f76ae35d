package io.diskvault.alert;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/// Orders to alerts.
public sealed interface AlertCommand {
    AlertId alert();

    /// Something happened.
    ///
    /// @param occurrence which time it was: the same one is counted once, however often it is reported
    /// @param times how often it happened then
    record ReportOccurrence(Cause cause, String occurrence, int times, Instant at) implements AlertCommand {
        @Override
        @TargetAggregateIdentifier
        public AlertId alert() {
            return cause.alert();
        }
    }

    /// Something is so, and is still so whenever it is reported again.
    record ReportStanding(Cause cause, Instant at) implements AlertCommand {
        @Override
        @TargetAggregateIdentifier
        public AlertId alert() {
            return cause.alert();
        }
    }

    /// It is not so any more, or did not happen when it could have.
    record ReportGone(@TargetAggregateIdentifier AlertId alert, Instant at) implements AlertCommand {}

    /// @param by who sees to it
    record AcknowledgeAlert(@TargetAggregateIdentifier AlertId alert, String by, Instant at) implements AlertCommand {}

    /// @param by who thinks it is done
    record CloseAlert(@TargetAggregateIdentifier AlertId alert, String by, Instant at) implements AlertCommand {}
}
