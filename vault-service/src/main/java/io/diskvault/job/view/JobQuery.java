package io.diskvault.job.view;

import io.diskvault.access.Grants.Reach;
import io.diskvault.job.JobStatus;
import io.diskvault.job.Operation;
import java.time.Instant;
import java.util.Optional;

/// Which jobs are asked for; what is empty does not matter.
///
/// @param reach the vaults that the caller may see
/// @param from the earliest time of queuing
/// @param to the time of queuing before which
public record JobQuery(
        Reach reach,
        Optional<String> vault,
        Optional<String> instance,
        Optional<Operation> operation,
        Optional<JobStatus> status,
        Instant from,
        Instant to) {}
