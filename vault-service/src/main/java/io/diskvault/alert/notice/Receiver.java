package io.diskvault.alert.notice;

import io.diskvault.alert.web.AlertResponse;
import java.io.IOException;
import java.util.List;

/// Somebody who is told about alerts.
interface Receiver {
    /// @param id the same when it is told again
    /// @param alert as it was after the change
    /// @param json the same as the endpoints write it
    record Notice(String id, Change change, AlertResponse alert, String json) {}

    /// Told, but it will not take this notice, however often.
    final class RefusedException extends IOException {
        RefusedException(String message) {
            super(message);
        }
    }

    /// Its name in the table.
    String channel();

    /// Whether anybody is there.
    boolean isThere();

    boolean wants(Change change);

    /// How many notices it takes at once.
    int mostAtOnce();

    /// Tells them. It may take some seconds and not more.
    ///
    /// @throws RefusedException if there is no use in trying again
    /// @throws IOException if there may be; the message has no secret in it
    void tell(List<Notice> notices) throws IOException;
}
