package io.diskvault.restoretest;

import io.diskvault.alert.AlertKind;
import io.diskvault.alert.Alerts;
import io.diskvault.alert.Cause;
import io.diskvault.restoretest.RestoreTestEvent.RestoreProofOverdueRaised;
import io.diskvault.restoretest.RestoreTestEvent.RestoreProofOverdueResolved;
import io.diskvault.restoretest.RestoreTestEvent.RestoreTestEnded;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;

/// Tells of instances without a proof, and of restore tests whose checks failed although every byte was right.
@DisallowReplay
@ProcessingGroup(Alerts.GROUP)
final class RestoreTestAlerts {
    private final Alerts alerts;

    RestoreTestAlerts(Alerts alerts) {
        this.alerts = alerts;
    }

    @EventHandler
    void on(RestoreProofOverdueRaised event) {
        Cause cause = Cause.ofInstance(
                AlertKind.RESTORE_PROOF_OVERDUE,
                event.instance().vault(),
                event.instance().name(),
                "No recovery point of %s was proven restorable since %s, for more than the %d days that its vault's plan allows."
                        .formatted(event.instance().path(), event.unprovenSince(), event.maxAgeDays()),
                "Start a restore test of its latest recovery point, and look at what the latest tests found.");
        alerts.occurred(cause, event.unprovenSince().toString(), event.at());
    }

    @EventHandler
    void on(RestoreProofOverdueResolved event) {
        alerts.gone(AlertKind.RESTORE_PROOF_OVERDUE, event.instance().path(), event.at());
    }

    @EventHandler
    void on(RestoreTestEnded event) {
        switch (event.evidence().outcome()) {
            case PROVEN ->
                alerts.gone(AlertKind.RESTORE_TEST_FAILED, event.instance().path(), event.at());
            case CHECK_FAILED -> alerts.occurred(failedCheck(event), event.job().text(), event.at());
            // Its job fails.
            case NOT_RESTORABLE -> {}
        }
    }

    private static Cause failedCheck(RestoreTestEnded event) {
        return Cause.ofInstance(
                        AlertKind.RESTORE_TEST_FAILED,
                        event.instance().vault(),
                        event.instance().name(),
                        "The recovery point %s of %s came back as it was backed up, but a check failed: %s"
                                .formatted(
                                        event.recoveryPoint(),
                                        event.instance().path(),
                                        String.join("; ", event.evidence().warnings())),
                        "Look at the disk itself: what is wrong in the recovery point is wrong on the disk, too, or was"
                                + " when it was made.")
                .shownBy(event.job().text());
    }
}
