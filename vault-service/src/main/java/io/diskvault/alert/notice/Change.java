package io.diskvault.alert.notice;

import io.diskvault.alert.AlertEvent;
import io.diskvault.alert.AlertEvent.AlertAcknowledged;
import io.diskvault.alert.AlertEvent.AlertClosed;
import io.diskvault.alert.AlertEvent.AlertRaised;
import io.diskvault.alert.AlertEvent.AlertRepeated;
import io.diskvault.alert.AlertEvent.AlertResolved;
import java.util.Arrays;
import java.util.Optional;

/// What became of an alert that is worth telling. That it happened again is not: the alert is open already.
enum Change {
    RAISED("raised"),
    ACKNOWLEDGED("acknowledged"),
    CLOSED("closed"),
    RESOLVED("resolved");

    private final String text;

    Change(String text) {
        this.text = text;
    }

    /// As it is stored and told.
    String text() {
        return text;
    }

    static Change of(String text) {
        return Arrays.stream(values())
                .filter(change -> change.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no change of an alert: " + text));
    }

    static Optional<Change> of(AlertEvent event) {
        return switch (event) {
            case AlertRaised _ -> Optional.of(RAISED);
            case AlertRepeated _ -> Optional.empty();
            case AlertAcknowledged _ -> Optional.of(ACKNOWLEDGED);
            case AlertClosed _ -> Optional.of(CLOSED);
            case AlertResolved _ -> Optional.of(RESOLVED);
        };
    }
}
