package io.diskvault.instance;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.diskvault.command.CommandRejected;
import io.diskvault.instance.InstanceCommand.DecideRestore;
import io.diskvault.instance.InstanceEvent.RestoreRequested;
import io.diskvault.job.JobId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Which restores an instance was asked for.
final class RestoreHistory {
    /// Requests that are repeated later than this many others count as new ones.
    private static final int REMEMBERED_MAX = 100;

    @JsonProperty
    private final Deque<JobId> recent = new ArrayDeque<>();

    @JsonProperty
    private final DailyUse daily = new DailyUse();

    /// @return nothing if it was requested before
    Optional<RestoreRequested> decide(DecideRestore command, LivePoints points) {
        if (recent.contains(command.job())) {
            return Optional.empty();
        }
        points.get(command.instance(), command.point());
        daily.exhaustedUntil(command.at(), command.perDay()).ifPresent(until -> {
            throw new CommandRejected(
                    InstanceRejection.RESTORE_LIMIT_REACHED,
                    "'%s' has had its %d restores of this day; the next is possible at %s."
                            .formatted(command.instance().path(), command.perDay(), until));
        });
        return Optional.of(new RestoreRequested(command.instance(), command.job(), command.point(), command.at()));
    }

    void requested(RestoreRequested event) {
        daily.count(event.at());
        recent.addLast(event.job());
        if (recent.size() > REMEMBERED_MAX) {
            recent.removeFirst();
        }
    }
}
