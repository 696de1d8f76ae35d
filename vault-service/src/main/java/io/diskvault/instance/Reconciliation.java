package io.diskvault.instance;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.PointListing;
import io.diskvault.engine.datastore.RecoveryPoint;
import io.diskvault.instance.view.RecoveryPointRow;
import io.diskvault.instance.view.RecoveryPointRows;
import io.diskvault.job.JobStatus;
import io.diskvault.job.view.JobRow;
import io.diskvault.job.view.JobRows;
import io.diskvault.resourcegroup.view.ResourceGroupRow;
import io.diskvault.resourcegroup.view.ResourceGroupRows;
import io.diskvault.snapshot.Datastores;
import io.diskvault.vault.VaultId;
import io.diskvault.web.Views;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compares what the events say about a vault's recovery points with the records in the datastores.
///
/// A removal that was decided and not finished is finished. Everything else is told and left alone: a record that no
/// event speaks of may be the last copy of something, and a point whose record is gone may come back with a mount.
@Singleton
public class Reconciliation {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);

    private final ResourceGroupRows groups;
    private final RecoveryPointRows points;
    private final JobRows jobs;
    private final Datastores datastores;
    private final Views views;

    Reconciliation(
            ResourceGroupRows groups, RecoveryPointRows points, JobRows jobs, Datastores datastores, Views views) {
        this.groups = groups;
        this.points = points;
        this.jobs = jobs;
        this.datastores = datastores;
        this.views = views;
    }

    /// What does not fit together.
    public enum Kind {
        /// A point had been given up, and its record was still there. It is removed now.
        UNFINISHED_REMOVAL,
        /// A record of which no event speaks, and that no backup is about to tell of.
        RECORD_WITHOUT_EVENT,
        /// A live recovery point without a record: it cannot be restored.
        POINT_WITHOUT_RECORD,
        /// A record that cannot be read, of whatever vault.
        UNREADABLE_RECORD,
        /// A datastore that cannot be looked into.
        DATASTORE_UNAVAILABLE
    }

    /// @param instance as the datastore or the events name it; null if nobody can tell
    /// @param recoveryPoint likewise
    /// @param repaired whether it is well now
    public record Finding(
            Kind kind,
            String resourceGroup,
            @Nullable String instance,
            @Nullable String recoveryPoint,
            String detail,
            boolean repaired) {}

    /// @param recordsChecked how many of the vault's records were found in the datastores
    public record Report(String vault, long recordsChecked, List<Finding> findings) {}

    /// Looks through the datastores of all resource groups.
    public Report run(VaultId vault) {
        List<Finding> findings = new ArrayList<>();
        long records = 0;
        for (ResourceGroupRow group : groups.findAll()) {
            if (group.datastore() != null && isFirstOfItsDatastore(group)) {
                records += run(vault, group, Path.of(group.datastore()), findings);
            }
        }
        findings.forEach(finding -> log(vault, finding));
        return new Report(vault.name(), records, List.copyOf(findings));
    }

    private boolean isFirstOfItsDatastore(ResourceGroupRow group) {
        return groupsAt(group.datastore()).getFirst().equals(group.name());
    }

    private List<String> groupsAt(@Nullable String datastore) {
        return StreamSupport.stream(groups.findAll().spliterator(), false)
                .filter(group -> datastore != null && datastore.equals(group.datastore()))
                .map(ResourceGroupRow::name)
                .sorted()
                .toList();
    }

    private long run(VaultId vault, ResourceGroupRow group, Path directory, List<Finding> findings) {
        // Points are read before records and looked at again afterwards: a record is older than its point's event, and
        // a point that is given up in between is no finding.
        List<RecoveryPointRow> live = points.liveIn(vault.name() + "/%", groupsAt(group.datastore()));
        try {
            Datastore datastore = datastores.open(directory);
            PointListing listing = datastore.listPoints();
            List<RecoveryPoint> records = listing.points().stream()
                    .filter(point -> point.disk().startsWith(vault.name() + "."))
                    .toList();
            views.catchUp();
            for (RecoveryPoint recorded : records) {
                judge(datastore, group, recorded).ifPresent(findings::add);
            }
            listing.unreadable().forEach(failure -> findings.add(unreadable(group, failure)));
            Set<String> ids = records.stream().map(point -> point.id().value()).collect(Collectors.toSet());
            live.stream()
                    .filter(point -> !ids.contains(point.id()) && isStillLive(point))
                    .forEach(point -> findings.add(lost(group, point)));
            return records.size();
        } catch (IOException | DatastoreException failure) {
            findings.add(new Finding(
                    Kind.DATASTORE_UNAVAILABLE,
                    group.name(),
                    null,
                    null,
                    "The datastore %s cannot be looked into: %s".formatted(directory, failure.getMessage()),
                    false));
            return 0;
        }
    }

    private boolean isStillLive(RecoveryPointRow point) {
        return points.findById(point.id()).filter(RecoveryPointRow::isLive).isPresent();
    }

    private Optional<Finding> judge(Datastore datastore, ResourceGroupRow group, RecoveryPoint recorded)
            throws IOException {
        String id = recorded.id().value();
        // The job first: once it is seen to have ended, its point is seen, too.
        Optional<JobRow> job = jobs.findById(id);
        Optional<RecoveryPointRow> known = points.findById(id);
        if (known.isPresent() && known.get().isLive()) {
            return Optional.empty();
        }
        if (known.isPresent()) {
            datastore.removeRecoveryPoint(recorded.disk(), recorded.id());
            return Optional.of(of(
                    Kind.UNFINISHED_REMOVAL,
                    group,
                    recorded,
                    "It was given up at %s; its record was still there and is removed now."
                            .formatted(known.get().expiredTime()),
                    true));
        }
        if (job.isPresent() && !JobStatus.of(job.get().status()).isFinal()) {
            return Optional.empty();
        }
        return Optional.of(of(
                Kind.RECORD_WITHOUT_EVENT,
                group,
                recorded,
                "No event speaks of it%s. It can be restored with 'diskvault datastore restore'."
                        .formatted(job.map(ended -> "; its job is " + ended.status())
                                .orElse(" or of its job")),
                false));
    }

    private static Finding of(
            Kind kind, ResourceGroupRow group, RecoveryPoint recorded, String detail, boolean repaired) {
        return new Finding(
                kind,
                group.name(),
                recorded.disk().replaceFirst("\\.", "/"),
                recorded.id().value(),
                detail,
                repaired);
    }

    private static Finding unreadable(ResourceGroupRow group, DatastoreException failure) {
        return new Finding(
                Kind.UNREADABLE_RECORD, group.name(), null, null, String.valueOf(failure.getMessage()), false);
    }

    private static Finding lost(ResourceGroupRow group, RecoveryPointRow point) {
        return new Finding(
                Kind.POINT_WITHOUT_RECORD,
                group.name(),
                point.instanceId(),
                point.id(),
                "Its record is not in the datastore; it cannot be restored.",
                false);
    }

    private static void log(VaultId vault, Finding finding) {
        if (finding.repaired()) {
            LOG.info(
                    "vault {}: {} {} of {}: {}",
                    vault.name(),
                    finding.kind(),
                    finding.recoveryPoint(),
                    finding.instance(),
                    finding.detail());
        } else {
            LOG.warn(
                    "vault {}: {} {} of {} in {}: {}",
                    vault.name(),
                    finding.kind(),
                    finding.recoveryPoint(),
                    finding.instance(),
                    finding.resourceGroup(),
                    finding.detail());
        }
    }
}
