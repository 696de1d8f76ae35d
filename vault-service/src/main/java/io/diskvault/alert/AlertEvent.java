package io.diskvault.alert;

import java.time.Instant;
import java.util.Optional;

/// What happened to an alert; stored for ever.
public sealed interface AlertEvent {
    /// As it stands from then on.
    AlertFacts alert();

    Instant at();

    /// It was opened, or opened again, or got worse.
    ///
    /// @param occurrence which occurrence did it; empty for what lasts
    record AlertRaised(AlertFacts alert, Optional<String> occurrence, Instant at) implements AlertEvent {}

    /// It happened again while the alert was open.
    record AlertRepeated(AlertFacts alert, String occurrence, Instant at) implements AlertEvent {}

    record AlertAcknowledged(AlertFacts alert, Instant at) implements AlertEvent {}

    /// Somebody closed it.
    record AlertClosed(AlertFacts alert, Instant at) implements AlertEvent {}

    /// Its cause is gone.
    record AlertResolved(AlertFacts alert, Instant at) implements AlertEvent {}
}
