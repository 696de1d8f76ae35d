package io.diskvault.scheduler;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.instance.InstanceEvent.BackupRequested;
import io.diskvault.instance.InstanceEvent.BackupSlotSkipped;
import io.diskvault.instance.InstanceEvent.BackupSlotsMissed;
import io.diskvault.instance.InstanceEvent.BackupSlotsReopened;
import io.diskvault.instance.InstanceEvent.ProtectionConfigured;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.ProtectedInstance;
import io.diskvault.instance.ProtectionState;
import io.diskvault.job.JobEvent.JobCancelled;
import io.diskvault.job.JobEvent.JobCompleted;
import io.diskvault.job.JobEvent.JobEnded;
import io.diskvault.job.JobEvent.JobFailed;
import io.diskvault.job.JobEvent.JobQueued;
import io.diskvault.job.JobEvent.JobRequeued;
import io.diskvault.job.JobEvent.JobRetryScheduled;
import io.diskvault.job.JobEvent.JobStarted;
import io.diskvault.job.JobId;
import io.diskvault.job.JobOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;

/// What the events say: what the wake-ups and the workers of the server see in its tables. It watches on the way that
/// no slot is run twice and no instance runs two backups at once.
@ProcessingGroup("history")
final class SimulatedHistory {
    private final Map<InstanceId, ProtectedInstance> instances = new HashMap<>();
    private final Map<InstanceId, ProtectedInstance> formerly = new HashMap<>();
    private final Map<JobId, JobOrder> jobs = new HashMap<>();
    private final Map<JobId, Integer> attempts = new HashMap<>();
    private final Set<JobId> ended = new HashSet<>();
    private final Map<JobId, Instant> queued = new LinkedHashMap<>();
    private final Map<String, JobId> runningBy = new HashMap<>();
    private final Set<String> requested = new HashSet<>();
    private int lost;
    private int retries;

    ProtectedInstance instance(InstanceId instance) {
        return requireNonNull(instances.get(instance));
    }

    /// As it was before its latest event.
    ProtectedInstance formerly(InstanceId instance) {
        return formerly.getOrDefault(instance, instance(instance));
    }

    boolean knowsJob(String id) {
        return jobs.containsKey(new JobId(UUID.fromString(id)));
    }

    int attempt(JobId job) {
        return attempts.getOrDefault(job, 0);
    }

    boolean hasEnded(JobId job) {
        return ended.contains(job);
    }

    boolean hasQueuedJobs() {
        return !queued.isEmpty();
    }

    int jobs() {
        return jobs.size();
    }

    int lostAttempts() {
        return lost;
    }

    int retries() {
        return retries;
    }

    /// The job that waits longest of those that may start.
    Optional<JobId> nextQueued(Instant now, Duration waitMax) {
        return queued.entrySet().stream()
                .filter(job -> !job.getValue().isAfter(now) || job.getValue().isAfter(now.plus(waitMax)))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    @EventHandler
    void on(ProtectionConfigured event) {
        instances.put(
                event.instance(),
                new ProtectedInstance(
                        event.instance(),
                        event.disk(),
                        event.policy(),
                        event.snapshotGroup(),
                        ProtectionState.PROTECTION_CONFIGURED,
                        event.at(),
                        Optional.empty()));
    }

    @EventHandler
    void on(BackupRequested event) {
        Instant slot = event.slot().orElseThrow();
        assertTrue(requested.add(event.instance().path() + slot), () -> "a second run of " + event);
        decided(event.instance(), slot);
    }

    @EventHandler
    void on(BackupSlotSkipped event) {
        decided(event.instance(), event.slot());
    }

    @EventHandler
    void on(BackupSlotsMissed event) {
        decided(event.instance(), event.slots().getLast());
    }

    private void decided(InstanceId instance, Instant slot) {
        ProtectedInstance seen = instance(instance);
        set(seen, seen.protectedSince(), slot);
    }

    @EventHandler
    void on(BackupSlotsReopened event) {
        ProtectedInstance seen = instance(event.instance());
        set(seen, seen.protectedSince().isAfter(event.at()) ? event.at() : seen.protectedSince(), event.at());
    }

    private void set(ProtectedInstance seen, Instant since, Instant slot) {
        formerly.put(seen.instance(), seen);
        instances.put(
                seen.instance(),
                new ProtectedInstance(
                        seen.instance(),
                        seen.disk(),
                        seen.policy(),
                        seen.snapshotGroup(),
                        seen.state(),
                        since,
                        Optional.of(slot)));
    }

    @EventHandler
    void on(JobQueued event) {
        assertNull(jobs.put(event.job(), event.order()), "queued twice");
        queued.put(event.job(), Instant.MIN);
    }

    @EventHandler
    void on(JobStarted event) {
        assertEquals(attempt(event.job()) + 1, event.attempt());
        attempts.put(event.job(), event.attempt());
        queued.remove(event.job());
        assertNull(runningBy.put(instanceOf(event.job()), event.job()), "two backups at once");
    }

    @EventHandler
    void on(JobRequeued event) {
        lost++;
        waits(event.job(), Instant.MIN);
    }

    @EventHandler
    void on(JobRetryScheduled event) {
        retries++;
        waits(event.job(), event.notBefore());
    }

    private void waits(JobId job, Instant until) {
        queued.put(job, until);
        runningBy.remove(instanceOf(job));
    }

    @EventHandler
    void on(JobCompleted event) {
        end(event);
    }

    @EventHandler
    void on(JobFailed event) {
        end(event);
    }

    @EventHandler
    void on(JobCancelled event) {
        end(event);
    }

    private void end(JobEnded event) {
        assertTrue(ended.add(event.job()), "ended twice");
        queued.remove(event.job());
        runningBy.remove(instanceOf(event.job()), event.job());
    }

    private String instanceOf(JobId job) {
        return requireNonNull(jobs.get(job)).instance();
    }
}
