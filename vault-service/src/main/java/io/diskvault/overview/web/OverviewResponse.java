package io.diskvault.overview.web;

import io.diskvault.alert.web.AlertResponse;
import io.diskvault.instance.web.InstanceResponse;
import io.diskvault.job.view.JobCount;
import io.diskvault.storage.StorageCurve;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that the caller may see, at once.
///
/// @param problems instances in a bad state, the worst first; of many some
record OverviewResponse(
        Instant at, Protection protection, Jobs jobs, Alerts alerts, List<InstanceResponse> problems, Storage storage) {
    /// @param missingDisks those that the latest backup of their instance did not find
    record Protection(long disks, long protectedDisks, long unprotectedDisks, long missingDisks, Instances instances) {}

    record Instances(long healthy, long degraded, long unhealthy, long notProtected) {}

    /// @param lastDay those queued in the last 24 hours
    record Jobs(List<JobCount> lastDay, List<JobCount> lastSevenDays) {}

    /// Those that are not closed.
    ///
    /// @param newest what happened last first; of many some
    record Alerts(long critical, long warning, long information, List<AlertResponse> newest) {}

    /// @param days the last ones, today's at the end
    record Storage(
            long logicalBytes,
            long usedBytes,
            long storedBytes,
            List<DatastoreStorage> datastores,
            List<StorageCurve.Day> days) {}

    /// @param storedBytes by the recovery points that the caller may see
    /// @param freeBytes with `capacityBytes`: of the file system that it is on; null if that does not answer
    record DatastoreStorage(
            String resourceGroup,
            long storedBytes,
            @Nullable Long freeBytes,
            @Nullable Long capacityBytes) {}
}
