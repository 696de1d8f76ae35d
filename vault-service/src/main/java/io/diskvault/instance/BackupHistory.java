package io.diskvault.instance;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.diskvault.job.JobId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Which backup an instance has asked for and which is under way.
final class BackupHistory {
    /// Requests that are repeated later than this many others count as new ones.
    private static final int REMEMBERED_MAX = 100;

    @JsonProperty
    private @Nullable JobId running;

    /// Its companion: the restore that writes over the disk.
    @JsonProperty
    private @Nullable JobId overwriting;

    @JsonProperty
    private final Deque<JobId> recent = new ArrayDeque<>();

    @JsonProperty
    private final DailyUse onDemand = new DailyUse();

    /// The backup that is queued or running; null if none is.
    @Nullable
    JobId running() {
        return running;
    }

    /// The restore that writes over the disk; null if none does.
    @Nullable
    JobId overwriting() {
        return overwriting;
    }

    void overwriteStarted(JobId job) {
        overwriting = job;
    }

    void overwriteEnded() {
        overwriting = null;
    }

    boolean knows(JobId job) {
        return recent.contains(job);
    }

    /// On-demand backups of a day; they count for the name, whatever it protects.
    DailyUse onDemand() {
        return onDemand;
    }

    void requested(JobId job, boolean scheduled, Instant at) {
        if (!scheduled) {
            onDemand.count(at);
        }
        running = job;
        recent.addLast(job);
        if (recent.size() > REMEMBERED_MAX) {
            recent.removeFirst();
        }
    }

    void ended() {
        running = null;
    }

    void startAnew() {
        running = null;
        overwriting = null;
        recent.clear();
    }
}
