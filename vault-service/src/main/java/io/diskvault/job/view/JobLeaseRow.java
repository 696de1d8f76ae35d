package io.diskvault.job.view;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/// Which worker has a job, until when it is believed, and how far it is. Not a projection: workers write it
/// themselves every half second, which is no matter for the event store.
@MappedEntity("job_lease")
public record JobLeaseRow(@Id String jobId, String worker, Instant renewedAt, long doneBytes, long totalBytes) {}
