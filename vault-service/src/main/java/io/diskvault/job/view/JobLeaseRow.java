package io.diskvault.job.view;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which worker has a job, until when it is believed, and how far it is. Not a projection: workers write it
/// themselves every half second, which is no matter for the event store.
///
/// @param datastore what the job reads or writes; jobs that hold a lease count against the datastore's limit
@MappedEntity("job_lease")
public record JobLeaseRow(
        @Id String jobId,
        String worker,
        Instant renewedAt,
        long doneBytes,
        long totalBytes,
        @Nullable String datastore) {}
