package io.diskvault.restoretest;

import io.diskvault.command.Commands;
import io.diskvault.instance.InstanceId;
import io.diskvault.job.JobId;
import io.diskvault.job.JobStatus;
import io.diskvault.job.view.JobRows;
import io.diskvault.resourcegroup.ResourceGroupId;
import io.diskvault.resourcegroup.ResourceGroups;
import io.diskvault.restoretest.RestoreTestCommand.RecordTest;
import io.diskvault.restoretest.view.RestoreTestCheckRows;
import io.diskvault.restoretest.view.RestoreTestRow;
import io.diskvault.restoretest.view.RestoreTestRows;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// What whoever runs the tests asks about them, and tells.
@Singleton
public class RestoreTests {
    private final RestoreTestRows tests;
    private final RestoreTestCheckRows checks;
    private final JobRows jobs;
    private final ResourceGroups groups;
    private final Commands commands;
    private final Clock clock;

    RestoreTests(
            RestoreTestRows tests,
            RestoreTestCheckRows checks,
            JobRows jobs,
            ResourceGroups groups,
            Commands commands,
            Clock clock) {
        this.tests = tests;
        this.checks = checks;
        this.jobs = jobs;
        this.groups = groups;
        this.commands = commands;
        this.clock = clock;
    }

    /// What the test of a job is to do.
    ///
    /// @throws IllegalStateException if the job is no restore test
    public TestTerms termsOf(JobId job) {
        return tests.findById(job.text())
                .map(RestoreTestRow::terms)
                .orElseThrow(() -> new IllegalStateException("no restore test has the job " + job.text()));
    }

    /// What a test has found, if it has ended.
    public Optional<TestEvidence> found(JobId job) {
        return tests.findById(job.text())
                .filter(row -> row.endedAt() != null)
                .map(row -> row.evidence(checks.findByJobIdInOrderByPlace(List.of(row.jobId()))));
    }

    /// Keeps what a test found.
    public void record(InstanceId instance, JobId job, String recoveryPoint, TestEvidence evidence) {
        commands.send(new RecordTest(instance, job, recoveryPoint, evidence, clock.instant()));
    }

    /// Whether nobody works on a job any more, or ever will. Of one that is not known here another server may know.
    public boolean isOver(JobId job) {
        return jobs.findById(job.text())
                .map(row -> JobStatus.of(row.status()).isFinal())
                .orElse(false);
    }

    /// The directory in which copies are made.
    ///
    /// @throws io.diskvault.command.CommandRejected if there is no such group, or it is not for disks
    public Path scratch(ResourceGroupId group) {
        return groups.find(group)
                .orElseThrow(() -> RestoreTestRejection.scratchGroupNotFound(group))
                .disksRoot()
                .orElseThrow(() -> RestoreTestRejection.scratchGroupWithoutDisks(group));
    }

    /// All directories in which copies were ever made.
    public List<Path> scratchPlaces() {
        return tests.scratchGroups().stream()
                .map(ResourceGroupId::new)
                .flatMap(group -> groups.find(group).stream())
                .flatMap(directories -> directories.disksRoot().stream())
                .distinct()
                .toList();
    }
}
