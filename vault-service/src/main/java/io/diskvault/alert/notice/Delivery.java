package io.diskvault.alert.notice;

import static java.util.Objects.requireNonNull;

import io.diskvault.alert.notice.Receiver.Notice;
import io.diskvault.alert.notice.Receiver.RefusedException;
import io.diskvault.alert.web.AlertResponse;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells one receiver what is to be told, from time to time. After a failure it waits, longer each time, and then
/// tries the oldest notice first.
final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    /// Longer than any receiver takes.
    private static final Duration ATTEMPT_MAX = Duration.ofMinutes(2);

    private final Receiver receiver;
    private final NoticeRows rows;
    private final JsonMapper json;
    private final Clock clock;
    private int failures;
    private Instant quietUntil = Instant.EPOCH;

    Delivery(Receiver receiver, NoticeRows rows, JsonMapper json, Clock clock) {
        this.receiver = receiver;
        this.rows = rows;
        this.json = json;
        this.clock = clock;
    }

    /// Tells what is due, until nothing is or it fails.
    void run() {
        boolean more = !clock.instant().isBefore(quietUntil);
        while (more) {
            List<NoticeRow> taken = take();
            more = !taken.isEmpty() && tell(taken);
        }
    }

    private List<NoticeRow> take() {
        Instant now = clock.instant();
        return rows.due(receiver.channel(), now, receiver.mostAtOnce()).stream()
                .filter(row -> rows.take(row.id(), row.attempts(), now.plus(ATTEMPT_MAX)) == 1)
                .toList();
    }

    private boolean tell(List<NoticeRow> taken) {
        try {
            receiver.tell(taken.stream().map(this::noticeOf).toList());
            taken.forEach(row -> rows.told(row.id()));
            failures = 0;
            return true;
        } catch (RefusedException refused) {
            LOG.warn("{}: it does not take a notice about an alert: {}", receiver.channel(), refused.getMessage());
            taken.forEach(row -> rows.told(row.id()));
            return true;
        } catch (IOException failure) {
            failed(taken, failure);
            return false;
        }
    }

    private void failed(List<NoticeRow> taken, IOException failure) {
        failures++;
        Instant now = clock.instant();
        quietUntil = now.plus(Backoff.after(failures));
        LOG.warn(
                "{}: {} notices about alerts could not be sent, the next attempt is at {}: {}",
                receiver.channel(),
                taken.size(),
                quietUntil,
                failure.getMessage());
        for (NoticeRow row : taken) {
            if (Backoff.isTooOld(row.createdAt(), now)) {
                LOG.warn("{}: the notice of {} is too old and given up", receiver.channel(), row.createdAt());
                rows.told(row.id());
            } else {
                rows.putOff(row.id(), quietUntil);
            }
        }
    }

    private Notice noticeOf(NoticeRow row) {
        try {
            return new Notice(
                    row.id(),
                    Change.of(row.change()),
                    requireNonNull(json.readValue(row.body(), AlertResponse.class)),
                    row.body());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable); // we wrote it
        }
    }
}
