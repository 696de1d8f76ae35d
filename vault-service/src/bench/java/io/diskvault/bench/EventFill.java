package io.diskvault.bench;

import io.diskvault.alert.AlertEvent.AlertRaised;
import io.diskvault.alert.AlertEvent.AlertResolved;
import io.diskvault.alert.AlertFacts;
import io.diskvault.alert.AlertFacts.Handling;
import io.diskvault.alert.AlertKind;
import io.diskvault.alert.AlertState;
import io.diskvault.alert.Cause;
import io.diskvault.disk.DiskEvent.DiskProtected;
import io.diskvault.disk.DiskEvent.DiskRegistered;
import io.diskvault.disk.DiskId;
import io.diskvault.instance.BackupKind;
import io.diskvault.instance.InstanceEvent.BackupEnded;
import io.diskvault.instance.InstanceEvent.BackupRequested;
import io.diskvault.instance.InstanceEvent.ProtectionConfigured;
import io.diskvault.instance.InstanceEvent.RecoveryPointCreated;
import io.diskvault.instance.InstanceEvent.RestoreRequested;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.RecoveryPointFacts;
import io.diskvault.job.JobError;
import io.diskvault.job.JobEvent.JobCancelled;
import io.diskvault.job.JobEvent.JobCompleted;
import io.diskvault.job.JobEvent.JobEnded;
import io.diskvault.job.JobEvent.JobFailed;
import io.diskvault.job.JobEvent.JobQueued;
import io.diskvault.job.JobEvent.JobStarted;
import io.diskvault.job.JobId;
import io.diskvault.job.JobOrder;
import io.diskvault.job.JobOrder.BackupOrder;
import io.diskvault.job.JobOrder.RestoreOrder;
import io.diskvault.platform.StoredTypeSerializer;
import io.diskvault.policy.BackupSchedule;
import io.diskvault.policy.PolicyEvent.PolicyCreated;
import io.diskvault.policy.PolicyId;
import io.diskvault.policy.RetentionDuration;
import io.diskvault.policy.RetentionRule;
import io.diskvault.policy.RetentionRules;
import io.diskvault.policy.RetentionTag;
import io.diskvault.resourcegroup.ResourceGroupEvent.ResourceGroupCreated;
import io.diskvault.resourcegroup.ResourceGroupId;
import io.diskvault.vault.SoftDelete;
import io.diskvault.vault.VaultEvent.VaultCreated;
import io.diskvault.vault.VaultId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.serialization.SerializedObject;

/// Writes a history as long as that of a large installation into the event store, as the server would have written it:
/// its events under their names, one after the other, all instances side by side.
///
/// Of 200 jobs of an instance 100 are backups that made a recovery point, 60 failed, 30 are restores, 10 were
/// cancelled.
final class EventFill {
    static final int JOBS = 200;
    static final int VAULTS = 10;
    static final Duration BETWEEN = Duration.ofHours(4);

    private static final int BATCH = 5000;
    private static final RetentionRule WEEK = new RetentionRule(RetentionTag.DEFAULT, new RetentionDuration("P90D"));
    private static final JobError BROKEN = new JobError(
            "UserErrorInputOutput",
            "Backing up the disk failed: java.io.IOException: Input/output error",
            "Check the disks involved and the system's log.",
            true);
    private static final byte[] CALLER =
            "{\"principal\":\"system:scheduler\",\"request\":\"benchmark\",\"address\":\"local\"}"
                    .getBytes(StandardCharsets.UTF_8);

    private final Connection connection;
    private final StoredTypeSerializer serializer;
    private final String directory;
    private final Map<String, Long> sequences = new HashMap<>();
    private final PreparedStatement insert;
    private final Set<String> alerted = new HashSet<>();
    private final PriorityQueue<Coming> coming =
            new PriorityQueue<>(Comparator.comparing(Coming::at).thenComparingLong(Coming::number));
    private long counted;
    private int waiting;
    private long written;

    private record Coming(String aggregate, String type, Object event, Instant at, long number) {}

    /// @param directory of the disks and the datastore, which nobody reads
    EventFill(Connection connection, StoredTypeSerializer serializer, Path directory) throws SQLException {
        this.directory = directory.toString();
        this.connection = connection;
        this.serializer = serializer;
        connection.setAutoCommit(false);
        this.insert = connection.prepareStatement("INSERT INTO domain_event (aggregate_id, sequence_number,"
                + " aggregate_type, event_id, occurred_at, payload_type, payload_revision, payload, meta_data)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    }

    static String vault(int instance) {
        return "vault-" + instance % VAULTS;
    }

    static String name(int instance) {
        return "disk-" + instance;
    }

    /// The instant of a round of jobs; the last one is an hour ago.
    static Instant at(Instant end, int round) {
        return end.minus(Duration.ofHours(1)).minus(BETWEEN.multipliedBy(JOBS - 1L - round));
    }

    /// When the vaults, disks and instances were made.
    static Instant begin(Instant end) {
        return at(end, 0).minus(Duration.ofDays(1));
    }

    /// @return how many events there are
    long fill(int instances, Instant end) throws SQLException {
        things(instances, begin(end));
        for (int round = 0; round < JOBS; round++) {
            for (int instance = 0; instance < instances; instance++) {
                Instant at = at(end, round).plusMillis(instance * 500L * 5000 / instances);
                writeUntil(at);
                job(instance, round, at);
            }
        }
        writeUntil(Instant.MAX);
        flush();
        insert.close();
        return written;
    }

    private void things(int instances, Instant at) throws SQLException {
        ResourceGroupId disks = new ResourceGroupId("disks");
        ResourceGroupId snapshots = new ResourceGroupId("snapshots");
        write(disks.toString(), "ResourceGroup", new ResourceGroupCreated(disks, directory, null, at), at);
        write(snapshots.toString(), "ResourceGroup", new ResourceGroupCreated(snapshots, null, directory, at), at);
        for (int vault = 0; vault < VAULTS; vault++) {
            VaultId id = new VaultId(vault(vault));
            write(id.toString(), "BackupVault", new VaultCreated(id, UUID.randomUUID(), SoftDelete.DEFAULT, at), at);
            PolicyId policy = new PolicyId(id.name(), "gold");
            write(
                    policy.toString(),
                    "BackupPolicy",
                    new PolicyCreated(
                            policy,
                            1,
                            BackupSchedule.of("R/2026-01-01T00:00:00+00:00/PT12H"),
                            new RetentionRules(List.of(WEEK)),
                            at),
                    at);
        }
        for (int instance = 0; instance < instances; instance++) {
            InstanceId id = new InstanceId(vault(instance), name(instance));
            DiskId disk = new DiskId("disks", name(instance));
            Instant made = at.plusMillis(instance);
            write(
                    disk.toString(),
                    "Disk",
                    new DiskRegistered(
                            disk,
                            "file:" + disk.name() + ".img",
                            "StandardHdd",
                            "raw",
                            1L << 34,
                            UUID.randomUUID(),
                            made),
                    made);
            write(disk.toString(), "Disk", new DiskProtected(disk, id.path(), made), made);
            write(
                    id.toString(),
                    "BackupInstance",
                    new ProtectionConfigured(id, disk, new PolicyId(id.vault(), "gold"), snapshots, made),
                    made);
        }
    }

    private void job(int instance, int round, Instant at) throws SQLException {
        InstanceId id = new InstanceId(vault(instance), name(instance));
        JobId job = JobId.ofSlot(at, "slot", id.path());
        int kind = (round * 7 + instance) % 20;
        if (kind < 10) {
            backup(id, job, at, true);
        } else if (kind < 16) {
            backup(id, job, at, false);
        } else if (kind < 19) {
            JobOrder order = new RestoreOrder(
                    id.vault(), id.name(), job.text(), "disks", "restored", "restored.img", false, "raw");
            later(id.toString(), "BackupInstance", new RestoreRequested(id, job, job.text(), at), at);
            started(job, order, at);
            Instant end = at.plusSeconds(300);
            later(job.toString(), "Job", new JobCompleted(job, order, Optional.empty(), List.of(), 1 << 20, end), end);
        } else {
            BackupOrder order = new BackupOrder(id.vault(), id.name(), Optional.empty(), Optional.empty());
            requested(id, job, Optional.empty(), at);
            started(job, order, at);
            Instant end = at.plusSeconds(20);
            later(job.toString(), "Job", new JobCancelled(job, order, end), end);
            later(id.toString(), "BackupInstance", new BackupEnded(id, job, "Cancelled", end), end);
        }
    }

    private void backup(InstanceId id, JobId job, Instant at, boolean succeeds) throws SQLException {
        BackupOrder order = new BackupOrder(id.vault(), id.name(), Optional.of(at), Optional.empty());
        requested(id, job, Optional.of(at), at);
        started(job, order, at);
        Instant end = at.plusSeconds(40);
        if (succeeds) {
            RecoveryPointFacts facts = new RecoveryPointFacts(
                    job.text(),
                    BackupKind.SCHEDULED,
                    at.plusSeconds(1),
                    "FullRead",
                    1L << 34,
                    1L << 33,
                    1 << 28,
                    1 << 27);
            later(id.toString(), "BackupInstance", created(id, job, facts, at, end), end);
            later(
                    job.toString(),
                    "Job",
                    new JobCompleted(job, order, Optional.of(job.text()), List.of(), 1L << 33, end),
                    end);
        } else {
            later(job.toString(), "Job", new JobFailed(job, order, BROKEN, end), end);
        }
        later(id.toString(), "BackupInstance", new BackupEnded(id, job, succeeds ? "Completed" : "Failed", end), end);
        alert(id, job, succeeds, end);
    }

    private static RecoveryPointCreated created(
            InstanceId id, JobId job, RecoveryPointFacts facts, Instant at, Instant end) {
        return new RecoveryPointCreated(
                id,
                job,
                facts,
                WEEK,
                99,
                new PolicyId(id.vault(), "gold"),
                1,
                ZoneId.of("UTC"),
                at.plus(Duration.ofDays(90)),
                end);
    }

    /// A failed backup raises an alert, which the next good one resolves.
    private void alert(InstanceId id, JobId job, boolean succeeds, Instant at) {
        Cause cause = Cause.ofInstance(
                        AlertKind.BACKUP_FAILED,
                        id.vault(),
                        id.name(),
                        "A backup of %s failed: %s".formatted(id.path(), BROKEN.message()),
                        BROKEN.recommendedAction())
                .shownBy(job.text());
        String stream = cause.alert().toString();
        if (!succeeds && alerted.add(stream)) {
            later(
                    stream,
                    "Alert",
                    new AlertRaised(facts(cause, Optional.empty(), at), Optional.of(job.text()), at),
                    at);
        } else if (succeeds && alerted.remove(stream)) {
            Optional<Handling> system = Optional.of(new Handling(AlertFacts.SYSTEM, at));
            later(stream, "Alert", new AlertResolved(facts(cause, system, at), at), at);
        }
    }

    private static AlertFacts facts(Cause cause, Optional<Handling> closed, Instant at) {
        AlertState state = closed.isPresent() ? AlertState.CLOSED : AlertState.NEW;
        return new AlertFacts(cause.alert(), cause, state, false, 1, at, at, Optional.empty(), closed);
    }

    private void requested(InstanceId id, JobId job, Optional<Instant> slot, Instant at) {
        later(id.toString(), "BackupInstance", new BackupRequested(id, job, slot, Optional.empty(), at), at);
    }

    private void started(JobId job, JobOrder order, Instant at) {
        later(job.toString(), "Job", new JobQueued(job, order, Optional.of(directory), Optional.empty(), at), at);
        later(job.toString(), "Job", new JobStarted(job, "worker", 1, at.plusSeconds(1)), at.plusSeconds(1));
    }

    /// Jobs of many instances run at once: their events lie between each other's.
    private void later(String aggregate, String type, Object event, Instant at) {
        coming.add(new Coming(aggregate, type, event, at, counted++));
    }

    private void writeUntil(Instant now) throws SQLException {
        while (!coming.isEmpty() && !coming.peek().at().isAfter(now)) {
            Coming next = coming.remove();
            write(next.aggregate(), next.type(), next.event(), next.at());
        }
    }

    private void write(String aggregate, String type, Object event, Instant at) throws SQLException {
        SerializedObject<byte[]> payload = serializer.serialize(event, byte[].class);
        insert.setString(1, aggregate);
        insert.setLong(2, sequences.merge(aggregate, 1L, Long::sum) - 1);
        insert.setString(3, type);
        insert.setString(4, new UUID(written, 0).toString()); // in order: filling the index is not measured
        insert.setString(5, DateTimeUtils.formatInstant(at));
        insert.setString(6, payload.getType().getName());
        insert.setString(7, payload.getType().getRevision());
        insert.setBytes(8, payload.getData());
        insert.setBytes(9, CALLER);
        insert.addBatch();
        written++;
        if (++waiting == BATCH) {
            flush();
        }
        if (event instanceof JobEnded) {
            sequences.remove(aggregate); // it is the last one
        }
    }

    private void flush() throws SQLException {
        insert.executeBatch();
        connection.commit();
        waiting = 0;
    }
}
