package io.diskvault.scheduler;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.instance.FollowedPolicy;
import io.diskvault.instance.InstanceEvent.BackupRequested;
import io.diskvault.instance.InstanceEvent.BackupSlotSkipped;
import io.diskvault.instance.InstanceEvent.BackupSlotsMissed;
import io.diskvault.instance.InstanceEvent.BackupSlotsReopened;
import io.diskvault.instance.InstanceEvent.PolicySwitched;
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
import io.diskvault.policy.BackupSchedule;
import io.diskvault.policy.PolicyEvent.PolicyChanged;
import io.diskvault.policy.PolicyEvent.PolicyCreated;
import io.diskvault.policy.PolicyEvent.ScheduleTimeCorrected;
import io.diskvault.policy.PolicyId;
import io.diskvault.policy.SlotTimeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
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
    private static final Duration BEHIND_MAX = Duration.ofHours(1);

    /// What was decided about slots that a later change of the timeline is about: it stays so.
    ///
    /// @param after when the change was said to be, by a clock that was behind or is right now
    /// @param until what was decided then
    private record DecidedBefore(Instant after, Instant until) {}

    private final Map<PolicyId, SlotTimeline> timelines = new HashMap<>();
    private final Map<PolicyId, Long> versions = new HashMap<>();
    private final Map<InstanceId, List<FollowedPolicy>> followed = new HashMap<>();
    private final Map<InstanceId, List<DecidedBefore>> decidedBefore = new HashMap<>();
    private final Map<InstanceId, ProtectedInstance> instances = new LinkedHashMap<>();
    private final Map<InstanceId, Instant> changed = new HashMap<>();
    private final Map<InstanceId, ProtectedInstance> formerly = new HashMap<>();
    private final Map<JobId, JobOrder> jobs = new HashMap<>();
    private final Map<JobId, Integer> attempts = new HashMap<>();
    private final Set<JobId> ended = new HashSet<>();
    private final Map<JobId, Instant> queued = new LinkedHashMap<>();
    private final Map<String, JobId> runningBy = new HashMap<>();
    private final Set<String> requested = new HashSet<>();
    private final SimulatedTime time;
    private int lost;
    private int retries;

    SimulatedHistory(SimulatedTime time) {
        this.time = time;
    }

    ProtectedInstance instance(InstanceId instance) {
        return requireNonNull(instances.get(instance));
    }

    /// As it was before its latest event, if that was a while ago at most: views that are behind catch up.
    ProtectedInstance formerly(InstanceId instance) {
        boolean maybeBehind =
                changed.getOrDefault(instance, Instant.MIN).isAfter(time.now().minus(BEHIND_MAX));
        return maybeBehind ? formerly.getOrDefault(instance, instance(instance)) : instance(instance);
    }

    /// The schedules that a policy had.
    SlotTimeline timeline(PolicyId policy) {
        return requireNonNull(timelines.get(policy));
    }

    BackupSchedule schedule(PolicyId policy) {
        return timeline(policy).periods().getLast().schedule();
    }

    /// The schedules that were in force for an instance.
    SlotTimeline timeline(InstanceId instance) {
        return InstanceTimelines.join(requireNonNull(followed.get(instance)), this::timeline);
    }

    long version(PolicyId policy) {
        return requireNonNull(versions.get(policy));
    }

    Set<InstanceId> instances() {
        return instances.keySet();
    }

    /// Whether a slot was decided before the timeline was changed for its time.
    boolean wasDecidedBefore(InstanceId instance, Instant slot) {
        return decidedBefore.getOrDefault(instance, List.of()).stream()
                .anyMatch(decided -> slot.isAfter(decided.after()) && !slot.isAfter(decided.until()));
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
    void on(PolicyCreated event) {
        versions.put(event.policy(), event.version());
        timelines.put(event.policy(), SlotTimeline.NONE.changedTo(event.schedule(), Instant.EPOCH));
    }

    @EventHandler
    void on(PolicyChanged event) {
        versions.put(event.policy(), event.version());
        if (!event.schedule().equals(schedule(event.policy()))) {
            change(event.policy(), event.schedule(), event.at());
        }
    }

    @EventHandler
    void on(ScheduleTimeCorrected event) {
        change(event.policy(), schedule(event.policy()), event.at());
    }

    private void change(PolicyId policy, BackupSchedule schedule, Instant since) {
        timelines.put(policy, timeline(policy).changedTo(schedule, since));
        followed.forEach((instance, policies) -> {
            if (policies.stream().anyMatch(one -> one.policy().equals(policy))) {
                keepDecided(instance, since);
            }
        });
    }

    private void keepDecided(InstanceId instance, Instant changedSince) {
        Instant until = instance(instance).decidedUntil();
        if (until.isAfter(changedSince)) {
            decidedBefore.computeIfAbsent(instance, _ -> new ArrayList<>()).add(new DecidedBefore(changedSince, until));
        }
    }

    @EventHandler
    void on(PolicySwitched event) {
        followSince(event.instance(), event.to(), event.at());
        keepDecided(event.instance(), event.at());
        instances.computeIfPresent(event.instance(), (_, seen) -> switched(seen, event));
        formerly.computeIfPresent(event.instance(), (_, seen) -> switched(seen, event));
    }

    private void followSince(InstanceId instance, PolicyId policy, Instant since) {
        List<FollowedPolicy> policies = requireNonNull(followed.get(instance));
        policies.removeIf(one -> !one.since().isBefore(since));
        policies.add(new FollowedPolicy(policy, since));
    }

    private static ProtectedInstance switched(ProtectedInstance seen, PolicySwitched event) {
        return new ProtectedInstance(
                seen.instance(),
                seen.disk(),
                event.to(),
                seen.snapshotGroup(),
                seen.state(),
                seen.protectedSince(),
                seen.lastSlot(),
                Optional.of(event.at()));
    }

    @EventHandler
    void on(ProtectionConfigured event) {
        followed.put(event.instance(), new ArrayList<>(List.of(new FollowedPolicy(event.policy(), Instant.EPOCH))));
        instances.put(
                event.instance(),
                new ProtectedInstance(
                        event.instance(),
                        event.disk(),
                        event.policy(),
                        event.snapshotGroup(),
                        ProtectionState.PROTECTION_CONFIGURED,
                        event.at(),
                        Optional.empty(),
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
        set(seen, seen.protectedSince(), Optional.of(slot), seen.policySince());
    }

    @EventHandler
    void on(BackupSlotsReopened event) {
        Instant at = event.at();
        ProtectedInstance seen = instance(event.instance());
        seen.policySince().filter(since -> since.isAfter(at)).ifPresent(_ -> {
            followSince(seen.instance(), seen.policy(), at);
            keepDecided(seen.instance(), at);
        });
        decidedBefore.computeIfPresent(
                seen.instance(),
                (_, all) -> new ArrayList<>(all.stream()
                        .map(decided -> new DecidedBefore(decided.after(), earlier(decided.until(), at)))
                        .toList()));
        set(
                seen,
                earlier(seen.protectedSince(), at),
                seen.lastSlot().map(slot -> earlier(slot, at)),
                seen.policySince().map(since -> earlier(since, at)));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private void set(ProtectedInstance seen, Instant since, Optional<Instant> lastSlot, Optional<Instant> policySince) {
        formerly.put(seen.instance(), seen);
        changed.put(seen.instance(), time.now());
        instances.put(
                seen.instance(),
                new ProtectedInstance(
                        seen.instance(),
                        seen.disk(),
                        seen.policy(),
                        seen.snapshotGroup(),
                        seen.state(),
                        since,
                        lastSlot,
                        policySince));
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
