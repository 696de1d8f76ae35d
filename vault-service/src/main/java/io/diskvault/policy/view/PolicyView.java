package io.diskvault.policy.view;

import io.diskvault.platform.Replays;
import io.diskvault.platform.ViewTable;
import io.diskvault.policy.PolicyEvent;
import io.diskvault.policy.PolicyEvent.PolicyChanged;
import io.diskvault.policy.PolicyEvent.PolicyCreated;
import io.diskvault.policy.PolicyEvent.PolicyDeleted;
import io.diskvault.policy.PolicyEvent.ScheduleTimeCorrected;
import io.diskvault.web.Views;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;

/// Keeps the table of backup policies. It can be dropped and replayed.
@Singleton
@ProcessingGroup(Views.GROUP)
public class PolicyView {
    private final ViewTable<PolicyRow> policies;
    private final PolicyScheduleRows schedules;

    PolicyView(PolicyRows rows, PolicyScheduleRows schedules, Replays replays) {
        this.policies = replays.table(rows, PolicyRow::id);
        this.schedules = schedules;
    }

    @EventHandler
    void on(PolicyCreated event) {
        policies.add(PolicyRow.of(event));
        // What the name meant before, if anything, some instance may have followed.
        boolean first = !schedules.existsByPolicy(event.policy().path());
        schedules.changeTo(event.policy(), event.schedule(), first ? Instant.EPOCH : event.at());
    }

    @EventHandler
    void on(PolicyChanged event) {
        PolicyRow row = row(event);
        policies.change(row.changed(event));
        if (!event.schedule().equals(row.backupSchedule())) {
            schedules.changeTo(event.policy(), event.schedule(), event.at());
        }
    }

    @EventHandler
    void on(ScheduleTimeCorrected event) {
        schedules.changeTo(event.policy(), row(event).backupSchedule(), event.at());
    }

    private PolicyRow row(PolicyEvent event) {
        return policies.find(event.policy().path())
                .orElseThrow(() -> new IllegalStateException("no row of " + event.policy()));
    }

    @EventHandler
    void on(PolicyDeleted event) {
        policies.remove(event.policy().path());
    }

    @ResetHandler
    void reset() {
        policies.clear();
        schedules.deleteAll();
    }
}
