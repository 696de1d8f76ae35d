package io.diskvault.job.web;

import io.diskvault.access.Access;
import io.diskvault.access.Allow;
import io.diskvault.access.Grants.Reach;
import io.diskvault.access.Permission;
import io.diskvault.access.Scope;
import io.diskvault.command.Commands;
import io.diskvault.command.GeneralRejection;
import io.diskvault.job.JobCommand.CancelJob;
import io.diskvault.job.JobId;
import io.diskvault.job.JobRejection;
import io.diskvault.job.JobStatus;
import io.diskvault.job.Operation;
import io.diskvault.job.view.JobCount;
import io.diskvault.job.view.JobCounts;
import io.diskvault.job.view.JobLeaseRow;
import io.diskvault.job.view.JobLeases;
import io.diskvault.job.view.JobList;
import io.diskvault.job.view.JobQuery;
import io.diskvault.job.view.JobRow;
import io.diskvault.job.view.JobRows;
import io.diskvault.web.Cursor;
import io.diskvault.web.Listing;
import io.diskvault.web.Views;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `/api/v1/backup-jobs`.
@Controller("/api/v1/backup-jobs")
@ExecuteOn(TaskExecutors.BLOCKING)
final class JobController {
    private final Access access;
    private final Commands commands;
    private final JobRows rows;
    private final JobList list;
    private final JobCounts counts;
    private final JobLeases leases;
    private final JobHistory history;
    private final Views views;
    private final Clock clock;

    JobController(
            Access access,
            Commands commands,
            JobRows rows,
            JobList list,
            JobCounts counts,
            JobLeases leases,
            JobHistory history,
            Views views,
            Clock clock) {
        this.access = access;
        this.commands = commands;
        this.rows = rows;
        this.list = list;
        this.counts = counts;
        this.leases = leases;
        this.history = history;
        this.views = views;
        this.clock = clock;
    }

    record Summary(int days, List<JobCount> counts) {}

    @Get
    @Allow(value = Permission.VAULTS_READ, checkedInside = true)
    Listing<JobResponse> list(@RequestBean JobFilter filter) {
        Cursor before = Cursor.parse(filter.cursor());
        int count = Cursor.limit(filter.limit());
        Reach reach = access.mine().reach(Permission.VAULTS_READ);
        JobQuery query = new JobQuery(
                reach,
                Optional.ofNullable(filter.vault()),
                Optional.ofNullable(filter.instance()),
                Optional.ofNullable(filter.operation()).map(Operation::of),
                Optional.ofNullable(filter.status()).map(JobStatus::of),
                Cursor.listed(filter.from(), Instant.EPOCH),
                Cursor.listed(filter.to(), Cursor.END_OF_TIME));
        List<JobRow> found = list.page(query, before, count + 1);
        return Listing.of(found, count, this::responseOf, row -> new Cursor(row.queuedTime(), row.id()));
    }

    @Get("/{id}")
    @Allow(value = Permission.VAULTS_READ, checkedInside = true)
    JobResponse get(String id) {
        return responseOf(rows.findById(id)
                .filter(row -> access.may(Permission.VAULTS_READ, Scope.vault(row.vault())))
                .orElseThrow(() -> JobRejection.notFound(id)));
    }

    /// What happened to a job, newest first.
    @Get("/{id}/history")
    @Allow(value = Permission.VAULTS_READ, checkedInside = true)
    Listing<JobHistory.Entry> history(
            String id, @QueryValue @Nullable String cursor, @QueryValue @Nullable Integer limit) {
        JobId job = new JobId(UUID.fromString(get(id).id()));
        return history.page(job, Cursor.parse(cursor), Cursor.limit(limit));
    }

    @Post("/{id}/cancel")
    @Allow(value = Permission.JOBS_CANCEL, checkedInside = true)
    HttpResponse<JobResponse> cancel(String id) {
        JobResponse asked = get(id);
        access.require(Permission.JOBS_CANCEL, Scope.vault(asked.vault()));
        JobId job = new JobId(UUID.fromString(asked.id()));
        commands.send(new CancelJob(job, clock.instant()));
        views.catchUp();
        return HttpResponse.accepted().body(get(id));
    }

    /// Of the jobs queued since the beginning of the hour that many days ago.
    @Get("/summary")
    @Allow(value = Permission.VAULTS_READ, checkedInside = true)
    Summary summary(
            @QueryValue @Nullable Integer days,
            @QueryValue @Nullable String vault,
            @QueryValue @Nullable String instance) {
        int asked = days == null ? 7 : days;
        if (asked < 1 || asked > 366) {
            throw GeneralRejection.invalid("days is %d; 1 to 366 is allowed.".formatted(asked));
        }
        Reach reach = access.mine().reach(Permission.VAULTS_READ);
        Instant since = clock.instant().minus(Duration.ofDays(asked));
        return new Summary(
                asked, counts.since(since, reach, Optional.ofNullable(vault), Optional.ofNullable(instance)));
    }

    private JobResponse responseOf(JobRow row) {
        Optional<JobLeaseRow> lease =
                JobStatus.of(row.status()).isFinal() ? Optional.empty() : leases.findById(row.id());
        return JobResponse.of(row, lease);
    }
}
