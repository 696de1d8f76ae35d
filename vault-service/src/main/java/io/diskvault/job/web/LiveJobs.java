package io.diskvault.job.web;

import io.diskvault.job.JobEvent;
import io.diskvault.job.JobStatus;
import io.diskvault.job.view.JobLeaseRow;
import io.diskvault.job.view.JobLeases;
import io.diskvault.job.view.JobRow;
import io.diskvault.job.view.JobRows;
import io.diskvault.web.live.Live;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Jobs, told when their state changes.
@Singleton
final class LiveJobs implements Live {
    private final JobRows rows;
    private final JobLeases leases;

    LiveJobs(JobRows rows, JobLeases leases) {
        this.rows = rows;
        this.leases = leases;
    }

    @Override
    public String name() {
        return "job";
    }

    @Override
    public Class<?> events() {
        return JobEvent.class;
    }

    @Override
    public String keyOf(Object event) {
        return ((JobEvent) event).job().text();
    }

    @Override
    public Optional<Shown> show(String key) {
        return rows.findById(key).map(row -> new Shown(row.vault(), JobResponse.of(row, leaseOf(row))));
    }

    private Optional<JobLeaseRow> leaseOf(JobRow row) {
        return JobStatus.of(row.status()).isFinal() ? Optional.empty() : leases.findById(row.id());
    }
}
