package io.diskvault.job.view;

import io.diskvault.access.Grants.Reach;
import io.diskvault.job.view.JobCountRow.Span;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// How many jobs there were, by operation and status. Sums by hour and day are kept, so that it costs the same however
/// many jobs there are; the price is that a period begins with a full hour.
@Singleton
public class JobCounts {
    private final JobCountRows rows;

    JobCounts(JobCountRows rows) {
        this.rows = rows;
    }

    /// Of the jobs queued since the beginning of the hour that a time is in.
    ///
    /// @param reach the vaults that the caller may see
    public List<JobCount> since(Instant time, Reach reach, Optional<String> vault, Optional<String> instance) {
        Instant hour = time.truncatedTo(ChronoUnit.HOURS);
        if (instance.isPresent()) {
            return rows.ofInstance(instance.get(), vault.orElse(null), hour, reach.everywhere(), reach.vaults());
        }
        Instant midnight =
                hour.minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
        return rows.since(
                Span.HOUR.around(hour),
                Span.DAY.around(midnight),
                hour,
                reach.everywhere(),
                reach.vaults(),
                vault.orElse(null));
    }
}
