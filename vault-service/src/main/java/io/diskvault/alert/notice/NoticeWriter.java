package io.diskvault.alert.notice;

import io.diskvault.alert.AlertEvent;
import io.diskvault.alert.view.AlertRow;
import io.diskvault.alert.web.AlertResponse;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.messaging.annotation.MessageIdentifier;

/// Writes down what is to be told, for each receiver that is there and wants it. The events say all, so it needs no
/// projection: one that is being rebuilt holds nothing up, and tells nothing again.
@DisallowReplay
@ProcessingGroup(NoticeWriter.GROUP)
final class NoticeWriter {
    static final String GROUP = "alert-notices";

    private final List<Receiver> receivers;
    private final NoticeRows rows;
    private final JsonMapper json;

    NoticeWriter(List<Receiver> receivers, NoticeRows rows, JsonMapper json) {
        this.receivers = receivers;
        this.rows = rows;
        this.json = json;
    }

    @EventHandler
    void on(AlertEvent event, @MessageIdentifier String id) throws IOException {
        Optional<Change> change = Change.of(event);
        if (change.isPresent()) {
            for (Receiver receiver : receivers) {
                if (receiver.isThere() && receiver.wants(change.get())) {
                    rows.add(
                            id + " " + receiver.channel(),
                            receiver.channel(),
                            event.alert().id().text(),
                            change.get().text(),
                            json.writeValueAsString(AlertResponse.of(AlertRow.of(event.alert()))),
                            event.at());
                }
            }
        }
    }
}
