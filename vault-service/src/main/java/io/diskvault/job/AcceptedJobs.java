package io.diskvault.job;

import io.diskvault.command.GeneralRejection;
import io.diskvault.job.view.JobRow;
import io.diskvault.job.view.JobRows;
import io.diskvault.job.web.JobResponse;
import io.diskvault.web.Views;
import io.micronaut.http.HttpResponse;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How every request that starts work is answered: 202, the job, and where to watch it.
@Singleton
public class AcceptedJobs {
    private static final int KEY_LENGTH_MAX = 200;

    private final JobRows rows;
    private final JobWorkers workers;
    private final Views views;
    private final Clock clock;

    AcceptedJobs(JobRows rows, JobWorkers workers, Views views, Clock clock) {
        this.rows = rows;
        this.workers = workers;
        this.views = views;
        this.clock = clock;
    }

    /// The id of the job that a request will start. Requests with the same key start one job, however often they come.
    ///
    /// @param operation keeps the keys of different operations apart
    /// @param subject what the operation is about, likewise
    public JobId idFor(String operation, String subject, @Nullable String idempotencyKey) {
        if (idempotencyKey == null) {
            return JobId.random(clock.instant());
        }
        if (idempotencyKey.isBlank() || idempotencyKey.length() > KEY_LENGTH_MAX) {
            throw GeneralRejection.invalid(
                    "Idempotency-Key has 1 to %d characters, not all of them blank.".formatted(KEY_LENGTH_MAX));
        }
        return JobId.forOccasion(operation, subject, idempotencyKey);
    }

    /// Whether a job has this id already: then the request is a repeated one.
    public boolean isKnown(JobId job) {
        return rows.existsById(job.text());
    }

    /// Answers a request whose job is queued, and lets the workers know.
    public HttpResponse<JobResponse> answer(JobId job) {
        views.catchUp();
        workers.wake();
        JobRow row = rows.findById(job.text()).orElseThrow(() -> JobRejection.notFound(job.text()));
        return HttpResponse.<JobResponse>accepted(URI.create("/api/v1/backup-jobs/" + job.text()))
                .body(JobResponse.of(row, Optional.empty()));
    }
}
