package io.diskvault.guard.view;

import io.diskvault.guard.ApprovalEvent;
import io.diskvault.guard.ApprovalEvent.ApprovalRequested;
import io.diskvault.guard.ApprovalEvent.ApprovalUsed;
import io.diskvault.guard.ApprovalEvent.RequestApproved;
import io.diskvault.guard.ApprovalEvent.RequestCancelled;
import io.diskvault.guard.ApprovalEvent.RequestDenied;
import io.diskvault.guard.ApprovalStatus;
import io.diskvault.web.Views;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;

/// Keeps the table of approval requests. It can be dropped and replayed.
@Singleton
@ProcessingGroup(Views.GROUP)
public class ApprovalView {
    private final ApprovalRows rows;

    ApprovalView(ApprovalRows rows) {
        this.rows = rows;
    }

    @EventHandler
    void on(ApprovalEvent event) {
        UUID id = event.request().value();
        int changed = switch (event) {
            case ApprovalRequested requested -> {
                rows.deleteById(id);
                rows.save(ApprovalRow.of(requested));
                yield 1;
            }
            case RequestApproved approved ->
                rows.decide(
                        id, ApprovalStatus.APPROVED.text(), approved.approver(), approved.at(), approved.usableUntil());
            case RequestDenied denied ->
                rows.decide(id, ApprovalStatus.DENIED.text(), denied.approver(), denied.at(), null);
            case RequestCancelled cancelled -> rows.cancel(id, cancelled.at());
            case ApprovalUsed used -> rows.use(id, used.at());
        };
        if (changed != 1) {
            throw new IllegalStateException("no row of " + event.request());
        }
    }

    @ResetHandler
    void reset() {
        rows.deleteAll();
    }
}
