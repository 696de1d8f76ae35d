package io.diskvault.overview.web;

import io.diskvault.access.Access;
import io.diskvault.access.Allow;
import io.diskvault.access.Grants.Reach;
import io.diskvault.access.Permission;
import io.diskvault.alert.Severity;
import io.diskvault.alert.view.AlertCount;
import io.diskvault.alert.view.AlertRows;
import io.diskvault.alert.web.AlertResponse;
import io.diskvault.disk.view.DiskCount;
import io.diskvault.disk.view.DiskRows;
import io.diskvault.instance.InstanceHealths;
import io.diskvault.instance.InstanceHealths.Counts;
import io.diskvault.instance.web.InstanceResponse;
import io.diskvault.job.view.JobCount;
import io.diskvault.job.view.JobCounts;
import io.diskvault.overview.web.OverviewResponse.Alerts;
import io.diskvault.overview.web.OverviewResponse.Instances;
import io.diskvault.overview.web.OverviewResponse.Jobs;
import io.diskvault.overview.web.OverviewResponse.Protection;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// `/api/v1/overview`: what the caller may see of all vaults, resource groups and disks.
@Controller("/api/v1/overview")
@ExecuteOn(TaskExecutors.BLOCKING)
final class OverviewController {
    private static final int ALERTS_MAX = 10;
    private static final int PROBLEMS_MAX = 20;

    private final Access access;
    private final DiskRows disks;
    private final InstanceHealths healths;
    private final InstanceResponse.Source instances;
    private final JobCounts jobs;
    private final AlertRows alerts;
    private final StorageOverview storage;
    private final Clock clock;

    OverviewController(
            Access access,
            DiskRows disks,
            InstanceHealths healths,
            InstanceResponse.Source instances,
            JobCounts jobs,
            AlertRows alerts,
            StorageOverview storage,
            Clock clock) {
        this.access = access;
        this.disks = disks;
        this.healths = healths;
        this.instances = instances;
        this.jobs = jobs;
        this.alerts = alerts;
        this.storage = storage;
        this.clock = clock;
    }

    @Get
    @Allow(value = Permission.VAULTS_READ, checkedInside = true)
    OverviewResponse get() {
        Instant now = clock.instant();
        Reach vaults = access.mine().reach(Permission.VAULTS_READ);
        return new OverviewResponse(
                now,
                protection(vaults, access.mine().reach(Permission.DISKS_READ), now),
                new Jobs(jobs(vaults, now, 1), jobs(vaults, now, 7)),
                alerts(vaults),
                instances.ofAll(healths.problems(vaults, now, PROBLEMS_MAX)),
                storage.of(vaults, access.mine().reach(Permission.GROUPS_READ), now));
    }

    private Protection protection(Reach vaults, Reach visible, Instant now) {
        DiskCount counted = disks.count(visible.everywhere(), visible.groups(), visible.disks());
        Counts counts = healths.counts(vaults, now);
        return new Protection(
                counted.disks(),
                counted.protectedDisks(),
                counted.disks() - counted.protectedDisks(),
                counts.diskMissing(),
                new Instances(counts.healthy(), counts.degraded(), counts.unhealthy(), counts.notProtected()));
    }

    private Alerts alerts(Reach vaults) {
        List<AlertCount> counted = alerts.countOpen(vaults.everywhere(), vaults.vaults());
        return new Alerts(
                count(counted, Severity.CRITICAL),
                count(counted, Severity.WARNING),
                count(counted, Severity.INFORMATION),
                alerts.newestOpen(vaults.everywhere(), vaults.vaults(), ALERTS_MAX).stream()
                        .map(AlertResponse::of)
                        .toList());
    }

    private static long count(List<AlertCount> counted, Severity severity) {
        return counted.stream()
                .filter(it -> it.severity().equals(severity.text()))
                .mapToLong(AlertCount::count)
                .sum();
    }

    private List<JobCount> jobs(Reach vaults, Instant now, int days) {
        return jobs.since(now.minus(Duration.ofDays(days)), vaults, Optional.empty(), Optional.empty());
    }
}
