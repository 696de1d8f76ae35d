package io.diskvault.instance;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.diskvault.job.JobId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/// Which restores an instance was asked for.
final class RestoreHistory {
    /// Requests that are repeated later than this many others count as new ones.
    private static final int REMEMBERED_MAX = 100;

    @JsonProperty
    private final Deque<JobId> recent = new ArrayDeque<>();

    @JsonProperty
    private final DailyUse daily = new DailyUse();

    boolean knows(JobId job) {
        return recent.contains(job);
    }

    DailyUse daily() {
        return daily;
    }

    void requested(JobId job, Instant at) {
        daily.count(at);
        recent.addLast(job);
        if (recent.size() > REMEMBERED_MAX) {
            recent.removeFirst();
        }
    }
}
