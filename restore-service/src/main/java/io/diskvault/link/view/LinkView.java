package io.diskvault.link.view;

import io.diskvault.instance.InstanceEvent.ProtectionRemoved;
import io.diskvault.link.LinkEvent.LinkCreated;
import io.diskvault.link.LinkEvent.LinkRevoked;
import io.diskvault.link.LinkEvent.LinkUsed;
import io.diskvault.web.Views;
import jakarta.inject.Singleton;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;

/// Keeps the table of links. It can be dropped and replayed.
///
/// Links end with their instance: one that is made anew under the same name begins with none. So a link that is revoked
/// or used just then has no row any more, and that is no mistake.
@Singleton
@ProcessingGroup(Views.GROUP)
public class LinkView {
    private final LinkRows rows;

    LinkView(LinkRows rows) {
        this.rows = rows;
    }

    @EventHandler
    void on(LinkCreated event) {
        rows.deleteById(event.link().value());
        rows.save(new LinkRow(
                event.link().value(),
                event.hash(),
                event.instance().vault(),
                event.instance().name(),
                event.recoveryPoint(),
                event.kind().text(),
                event.format().text(),
                event.createdBy(),
                event.at(),
                event.expiresAt(),
                null,
                null,
                null));
    }

    @EventHandler
    void on(LinkUsed event) {
        rows.used(event.link().value(), event.at(), event.address());
    }

    @EventHandler
    void on(LinkRevoked event) {
        rows.revoked(event.link().value(), event.at());
    }

    @EventHandler
    void on(ProtectionRemoved event) {
        rows.deleteByVaultAndInstance(event.instance().vault(), event.instance().name());
    }

    @ResetHandler
    void reset() {
        rows.deleteAll();
    }
}
