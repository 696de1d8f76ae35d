package io.diskvault.scheduler;

import static java.util.Objects.requireNonNull;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.Commands;
import io.diskvault.disk.DiskId;
import io.diskvault.instance.InstanceCommand.StartProtection;
import io.diskvault.instance.InstanceCommand.SwitchPolicy;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.MemoryInstances;
import io.diskvault.instance.ProtectedInstance;
import io.diskvault.policy.BackupSchedule;
import io.diskvault.policy.PolicyAggregate;
import io.diskvault.policy.PolicyCommand.ChangePolicy;
import io.diskvault.policy.PolicyCommand.CorrectScheduleTime;
import io.diskvault.policy.PolicyCommand.CreatePolicy;
import io.diskvault.policy.PolicyId;
import io.diskvault.policy.RetentionDuration;
import io.diskvault.policy.RetentionRule;
import io.diskvault.policy.RetentionRules;
import io.diskvault.policy.RetentionTag;
import io.diskvault.policy.SlotTimeline;
import io.diskvault.resourcegroup.ResourceGroupId;
import io.diskvault.slot.view.SlotView;
import io.diskvault.testing.MemoryEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.axonframework.config.Configuration;
import org.jspecify.annotations.Nullable;

/// A server with its policies and instances through a long time of trouble. Instances, jobs and the ledger are the real
/// ones; the alarm clock, the workers and the time are not. Everything follows from the seed.
///
/// Time goes by evenly; the server's clock is ahead of it or behind. Nothing happens while the server is down.
final class SimulatedSchedule {
    /// What was survived.
    enum Trouble {
        OUTAGE,
        RESTART,
        CLOCK_AHEAD,
        CLOCK_BEHIND,
        CLOCK_SET_RIGHT,
        ALARM_LOST,
        ALARM_DOUBLED,
        STALE_VIEW,
        SCHEDULE_CHANGED,
        SCHEDULE_TIME_CORRECTED,
        POLICY_SWITCHED,
        FORMER_POLICY_ASKED
    }

    static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    /// More of those that are used more; hourly ones make the most slots.
    private static final List<String> FREQUENCIES =
            List.of("P1D", "PT12H", "P1D", "PT4H", "P1D", "PT8H", "P1D", "PT1H", "P1D", "PT6H");

    private static final Duration SWEEP_EVERY = Duration.ofMinutes(30);
    private static final ScheduleSettings SETTINGS =
            new ScheduleSettings(Duration.ofHours(2), 2, Duration.ofMinutes(1));

    /// A time in which nobody can expect a slot to be started.
    private record BadTime(Instant from, Instant to) {}

    private final Random random;
    private final SimulatedTime time = new SimulatedTime(START);
    private final MemoryEvents events = new MemoryEvents();
    private final MemoryLedger ledger = new MemoryLedger();
    private final SimulatedHistory history = new SimulatedHistory(time);
    private final Map<Trouble, Integer> troubles = new EnumMap<>(Trouble.class);
    private final List<PolicyId> policies = new ArrayList<>();
    private final Map<PolicyId, Integer> alarms = new HashMap<>();
    private final Map<InstanceId, Instant> protectedAt = new HashMap<>();
    private final List<BadTime> badTimes = new ArrayList<>();
    private final Commands commands;
    private final SlotDecisions decisions;
    private final SimulatedWorkers workers;
    private final int instances;
    private int sweepsLost;
    private boolean calm;
    private boolean up = true;

    /// When the policies were last woken.
    private @Nullable Instant end;

    SimulatedSchedule(long seed, int instances, Duration length) {
        random = new Random(seed);
        this.instances = instances;
        Configuration configuration =
                MemoryInstances.start(events, history::knowsJob, List.of(new SlotView(ledger), history));
        commands = new Commands(configuration.commandGateway());
        decisions = new SlotDecisions(commands, SETTINGS);
        workers = new SimulatedWorkers(commands, time, history, random);
        for (int number = 0; number < Math.max(1, instances / 5); number++) {
            policies.add(policy(number));
        }
        for (int number = 0; number < instances; number++) {
            InstanceId instance = new InstanceId("prod", "disk-" + number);
            PolicyId policy = policies.get(number % policies.size());
            // Most are there from the beginning, the others come by and by, also while the clock is wrong.
            Duration after = number % 3 == 0 ? part(length.dividedBy(2)) : Duration.ZERO;
            time.at(after, () -> protect(instance, policy));
        }
        time.at(SWEEP_EVERY, this::sweep);
        time.at(part(Duration.ofDays(10)), this::trouble);
        time.at(part(Duration.ofDays(10)), this::wrongClock);
        time.at(anyLength(Duration.ofDays(10)), this::changeSchedule);
        time.at(anyLength(Duration.ofDays(10)), this::switchPolicy);
        time.at(length, () -> calm = true);
    }

    private PolicyId policy(int number) {
        PolicyId policy = new PolicyId("prod", "policy-" + number);
        commands.send(PolicyAggregate.entry(new CreatePolicy(policy, schedule(number), retention(), START)));
        return policy;
    }

    private BackupSchedule schedule(int number) {
        Instant anchor = START.minusSeconds(random.nextInt(86_400));
        String frequency = FREQUENCIES.get(number % FREQUENCIES.size());
        return BackupSchedule.of("R/" + anchor.toString().replace("Z", "+00:00") + "/" + frequency);
    }

    private RetentionRules retention() {
        RetentionDuration days = new RetentionDuration("P" + random.nextInt(1, 9) + "D");
        return new RetentionRules(List.of(new RetentionRule(RetentionTag.DEFAULT, days)));
    }

    /// Also while the clock is wrong, and while nobody wakes policies. Some change nothing about the schedule.
    private void changeSchedule() {
        if (!calm) {
            PolicyId policy = policies.get(random.nextInt(policies.size()));
            boolean other = random.nextInt(4) > 0;
            BackupSchedule schedule = other ? schedule(random.nextInt(FREQUENCIES.size())) : history.schedule(policy);
            commands.send(new ChangePolicy(policy, history.version(policy), schedule, retention(), time.clock()));
            if (other) {
                count(Trouble.SCHEDULE_CHANGED);
            }
            time.at(anyLength(Duration.ofDays(12)), this::changeSchedule);
        }
    }

    private void switchPolicy() {
        if (!calm) {
            InstanceId instance = new InstanceId("prod", "disk-" + random.nextInt(instances));
            PolicyId to = policies.get(random.nextInt(policies.size()));
            if (protectedAt.containsKey(instance)) {
                PolicyId from = history.instance(instance).policy();
                commands.send(new SwitchPolicy(instance, from, to, time.clock()));
                count(Trouble.POLICY_SWITCHED);
            }
            time.at(anyLength(Duration.ofDays(8)), this::switchPolicy);
        }
    }

    private void protect(InstanceId instance, PolicyId policy) {
        if (!up) {
            time.at(Duration.ofHours(1), () -> protect(instance, policy));
            return;
        }
        DiskId disk = new DiskId("vm-disks", instance.name());
        commands.send(new StartProtection(instance, disk, policy, new ResourceGroupId("snapshots"), time.clock()));
        protectedAt.put(instance, time.now());
    }

    /// Goes on until the trouble is over, all is caught up with, and the last job has ended.
    void run() {
        while (!calm || !up) {
            time.step();
        }
        setClockRight();
        // So long that a slot of every policy comes, too.
        Instant quiet = time.now().plus(Duration.ofDays(8));
        while (time.now().isBefore(quiet)) {
            time.step();
        }
        policies.forEach(this::wake);
        end = time.clock();
        while (workers.areBusy()) {
            time.step();
        }
    }

    private void sweep() {
        time.at(SWEEP_EVERY, this::sweep);
        if (end != null) {
            workers.claim();
        } else if (up && (calm || sweepsLost == 2 || random.nextInt(5) > 0)) {
            policies.forEach(this::wake);
            sweepsLost = 0;
        } else {
            sweepsLost++;
        }
    }

    private void alarm(PolicyId policy, int number) {
        if (!up || end != null || alarms.getOrDefault(policy, 0) != number) {
            return; // the clock was set, or the server down; a sweep comes
        }
        int luck = calm ? 99 : random.nextInt(100);
        if (luck < 10) {
            count(Trouble.ALARM_LOST);
        } else {
            wake(policy);
            if (luck < 20) {
                count(Trouble.ALARM_DOUBLED);
                wake(policy);
            }
        }
    }

    private void wake(PolicyId policy) {
        Instant now = time.clock();
        if (PolicyWakeUp.isAhead(history.timeline(policy), now)) {
            commands.send(new CorrectScheduleTime(policy, now));
            count(Trouble.SCHEDULE_TIME_CORRECTED);
        }
        for (InstanceId instance : history.instances()) {
            if (history.instance(instance).policy().equals(policy)) {
                decide(instance, now);
            }
        }
        int number = alarms.merge(policy, 1, Integer::sum);
        Instant slot = history.schedule(policy).nextAfter(now);
        time.at(Duration.between(now, slot), () -> alarm(policy, number));
        workers.claim();
    }

    private void decide(InstanceId instance, Instant now) {
        boolean stale = !calm && random.nextInt(50) == 0;
        ProtectedInstance seen = stale ? history.formerly(instance) : history.instance(instance);
        if (!seen.equals(history.instance(instance))) {
            count(Trouble.STALE_VIEW);
        }
        try {
            decisions.decide(this::timelineOf, seen, now);
        } catch (CommandRejected refused) {
            throw new AssertionError("refused at " + now, refused);
        }
    }

    private SlotTimeline timelineOf(ProtectedInstance seen) {
        if (!seen.awaitsFormerPolicy()) {
            return history.timeline(seen.policy());
        }
        count(Trouble.FORMER_POLICY_ASKED);
        return history.timeline(seen.instance());
    }

    private void trouble() {
        if (!calm) {
            boolean crash = random.nextBoolean();
            Duration pause = crash ? anyLength(Duration.ofDays(12)) : part(Duration.ofMinutes(5));
            count(crash ? Trouble.OUTAGE : Trouble.RESTART);
            up = false;
            workers.stop(crash);
            badTimes.add(new BadTime(time.now(), time.now().plus(pause)));
            time.at(pause, this::startAgain);
        }
    }

    private void startAgain() {
        up = true;
        workers.start();
        policies.forEach(this::wake);
        time.at(part(Duration.ofDays(10)), this::trouble);
    }

    private void wrongClock() {
        if (!calm) {
            boolean ahead = random.nextInt(3) > 0;
            Duration offset = anyLength(Duration.ofDays(random.nextInt(5) == 0 ? 300 : 20));
            count(ahead ? Trouble.CLOCK_AHEAD : Trouble.CLOCK_BEHIND);
            Duration length = anyLength(Duration.ofDays(4));
            Instant now = time.now();
            // A slot that comes before the next sweep stays as it was decided.
            Instant noticed = now.plus(length).plus(SWEEP_EVERY.multipliedBy(3));
            badTimes.add(new BadTime(ahead ? now : now.minus(offset), noticed));
            time.setClock(ahead ? offset : offset.negated());
            clockWasSet();
            time.at(length, () -> {
                setClockRight();
                time.at(part(Duration.ofDays(15)), this::wrongClock);
            });
        }
    }

    private void setClockRight() {
        count(Trouble.CLOCK_SET_RIGHT);
        time.setClock(Duration.ZERO);
        clockWasSet();
    }

    /// Alarms that are set to an instant ring at it, or at once if it is over; those too far ahead are left to sweeps.
    private void clockWasSet() {
        if (up && (calm || random.nextBoolean())) {
            policies.forEach(this::wake);
        }
    }

    /// Whether nothing stood against starting a slot in time: the server was up, the clock right, the instance there.
    boolean mustStart(InstanceId instance, Instant slot) {
        Instant over = slot.plus(SETTINGS.startWindow());
        return slot.isAfter(requireNonNull(protectedAt.get(instance)))
                && badTimes.stream()
                        .noneMatch(bad -> !bad.from().isAfter(over) && !bad.to().isBefore(slot));
    }

    private void count(Trouble trouble) {
        troubles.merge(trouble, 1, Integer::sum);
    }

    private Duration part(Duration whole) {
        return Duration.ofSeconds(random.nextLong(1, whole.toSeconds()));
    }

    /// Short ones are as likely as long ones.
    private Duration anyLength(Duration max) {
        double seconds = Math.exp(random.nextDouble() * Math.log((double) max.toSeconds()));
        return Duration.ofMillis((long) (1000 * seconds));
    }

    /// Slots up to this instant must have been decided.
    Instant end() {
        return requireNonNull(end);
    }

    MemoryLedger ledger() {
        return ledger;
    }

    SimulatedHistory history() {
        return history;
    }

    SimulatedWorkers workers() {
        return workers;
    }

    Map<Trouble, Integer> troubles() {
        return troubles;
    }

    long events() {
        return events.count();
    }
}
