package io.diskvault.restoretest.web;

import static java.util.stream.Collectors.toMap;

import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.view.InstanceRow;
import io.diskvault.instance.view.InstanceRows;
import io.diskvault.restoretest.RestoreTestPlans;
import io.diskvault.restoretest.view.RestoreProofRow;
import io.diskvault.restoretest.view.RestoreProofRows;
import io.diskvault.restoretest.view.RestoreTestRow;
import io.diskvault.restoretest.view.RestoreTestRows;
import io.diskvault.vault.VaultId;
import io.diskvault.vault.view.VaultRows;
import io.diskvault.web.Cursor;
import io.diskvault.web.Listing;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `/api/v1/backup-vaults/{vault}/restore-test-report`: what auditors ask, of every instance.
@Controller("/api/v1/backup-vaults/{vault}/restore-test-report")
@ExecuteOn(TaskExecutors.BLOCKING)
final class RestoreTestReportController {
    private final VaultRows vaults;
    private final InstanceRows instances;
    private final RestoreProofRows proofs;
    private final RestoreTestRows tests;
    private final RestoreTestPlans plans;
    private final Clock clock;

    RestoreTestReportController(
            VaultRows vaults,
            InstanceRows instances,
            RestoreProofRows proofs,
            RestoreTestRows tests,
            RestoreTestPlans plans,
            Clock clock) {
        this.vaults = vaults;
        this.instances = instances;
        this.proofs = proofs;
        this.tests = tests;
        this.plans = plans;
        this.clock = clock;
    }

    /// @param lastProof null if there is none
    /// @param unprovenDays whole days since it, or since the protection began
    /// @param lastTest its latest test, however it ended; null if there is none
    /// @param nextTest when it is its turn, if nothing changes until then; null without a plan, or without
    ///     a recovery point
    /// @param proofOverdue whether the plan's `maxAge` has passed
    record Line(
            String vault,
            String instance,
            String disk,
            String protectionState,
            Instant protectedSince,
            @Nullable LastProof lastProof,
            long unprovenDays,
            @Nullable LastTest lastTest,
            @Nullable Instant nextTest,
            boolean proofOverdue) {}

    record LastProof(
            Instant provenTime,
            String recoveryPoint,
            String job,
            double seconds,
            long restoredBytes,
            @Nullable Long bytesPerSecond) {
        static LastProof of(RestoreTestRow row) {
            return new LastProof(
                    Objects.requireNonNull(row.endedAt()),
                    row.recoveryPoint(),
                    row.jobId(),
                    (row.restoreMillis() + row.verifyMillis()) / 1000.0,
                    row.restoredBytes(),
                    RestoreTestResponse.bytesPerSecond(row));
        }
    }

    record LastTest(
            Instant requestedTime,
            String recoveryPoint,
            String job,
            @Nullable String outcome) {
        static LastTest of(RestoreTestRow row) {
            return new LastTest(row.requestedAt(), row.recoveryPoint(), row.jobId(), row.outcome());
        }
    }

    @Get
    @Allow(Permission.VAULTS_READ)
    Listing<Line> report(String vault, @QueryValue @Nullable String cursor, @QueryValue @Nullable Integer limit) {
        VaultId id = new VaultId(vault);
        vaults.require(id);
        Cursor before = Cursor.parse(cursor);
        int count = Cursor.limit(limit);
        List<InstanceRow> page = instances.listBefore(vault, before.time(), before.key(), count + 1);
        Instant now = clock.instant();
        Map<String, RestoreProofRow> standing = proofs.ofVault(vault);
        Map<String, RestoreTestRow> told = testsOf(page, standing);
        Map<InstanceId, Instant> next = plans.nextTests(id, now);
        return Listing.of(
                page,
                count,
                row -> line(row, standing.get(row.id()), told, next.get(InstanceId.parse(row.id())), now),
                row -> new Cursor(row.protectedSince(), row.id()));
    }

    private Map<String, RestoreTestRow> testsOf(List<InstanceRow> page, Map<String, RestoreProofRow> standing) {
        List<String> jobs = page.stream()
                .map(row -> standing.get(row.id()))
                .filter(Objects::nonNull)
                .flatMap(row -> Stream.of(row.lastJob(), row.provenJob()))
                .filter(Objects::nonNull)
                .toList();
        return jobs.isEmpty()
                ? Map.of()
                : tests.findByJobIdIn(jobs).stream().collect(toMap(RestoreTestRow::jobId, row -> row));
    }

    private static Line line(
            InstanceRow row,
            @Nullable RestoreProofRow standing,
            Map<String, RestoreTestRow> tests,
            @Nullable Instant nextTest,
            Instant now) {
        @Nullable RestoreTestRow proven = standing == null ? null : find(tests, standing.provenJob());
        @Nullable RestoreTestRow last = standing == null ? null : find(tests, standing.lastJob());
        Instant since = standing == null || standing.provenAt() == null ? row.protectedSince() : standing.provenAt();
        return new Line(
                row.vault(),
                row.name(),
                row.disk(),
                row.protectionState(),
                row.protectedSince(),
                proven == null ? null : LastProof.of(proven),
                Math.max(0, Duration.between(since, now).toDays()),
                last == null ? null : LastTest.of(last),
                nextTest,
                standing != null && standing.overdueSince() != null);
    }

    private static @Nullable RestoreTestRow find(Map<String, RestoreTestRow> tests, @Nullable String job) {
        return job == null ? null : tests.get(job);
    }
}
