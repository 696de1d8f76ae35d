package io.diskvault.job.web;

import io.diskvault.job.view.JobLeaseRow;
import io.diskvault.job.view.JobLeases;
import io.diskvault.job.view.JobRows;
import io.diskvault.web.live.Ticking;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// How far the running jobs are.
@Singleton
final class JobProgress implements Ticking {
    private final JobLeases leases;
    private final JobRows rows;

    JobProgress(JobLeases leases, JobRows rows) {
        this.leases = leases;
        this.rows = rows;
    }

    record Told(String id, JobResponse.Progress progress) {}

    @Override
    public String name() {
        return "progress";
    }

    @Override
    public List<Tick> now() {
        Map<String, JobLeaseRow> running = StreamSupport.stream(leases.findAll().spliterator(), false)
                .collect(Collectors.toMap(JobLeaseRow::jobId, Function.identity()));
        return running.isEmpty()
                ? List.of()
                : rows.findByIdIn(running.keySet()).stream()
                        .map(row -> new Tick(
                                row.id(),
                                row.vault(),
                                new Told(
                                        row.id(),
                                        JobResponse.Progress.of(row, Optional.ofNullable(running.get(row.id()))))))
                        .toList();
    }
}
