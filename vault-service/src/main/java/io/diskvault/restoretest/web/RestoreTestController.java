package io.diskvault.restoretest.web;

import static java.util.stream.Collectors.groupingBy;

import io.diskvault.access.Access;
import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.access.Scope;
import io.diskvault.command.Commands;
import io.diskvault.command.GeneralRejection;
import io.diskvault.instance.InstanceCatalog;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.InstanceRejection;
import io.diskvault.instance.ProtectedInstance;
import io.diskvault.job.AcceptedJobs;
import io.diskvault.job.JobId;
import io.diskvault.resourcegroup.ResourceGroupId;
import io.diskvault.restoretest.RestoreTestCommand.RequestTest;
import io.diskvault.restoretest.RestoreTestRejection;
import io.diskvault.restoretest.RestoreTests;
import io.diskvault.restoretest.TestTerms;
import io.diskvault.restoretest.view.RestoreTestCheckRow;
import io.diskvault.restoretest.view.RestoreTestCheckRows;
import io.diskvault.restoretest.view.RestoreTestPlanRows;
import io.diskvault.restoretest.view.RestoreTestRow;
import io.diskvault.restoretest.view.RestoreTestRows;
import io.diskvault.role.VaultIdentity;
import io.diskvault.web.Cursor;
import io.diskvault.web.Listing;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `…/backup-instances/{instance}/restore-tests`: what was found, for ever, also when the points and the instance are
/// gone.
@Controller("/api/v1/backup-vaults/{vault}/backup-instances/{instance}/restore-tests")
@ExecuteOn(TaskExecutors.BLOCKING)
final class RestoreTestController {
    private static final String LATEST = "latest";

    private final Access access;
    private final VaultIdentity identity;
    private final InstanceCatalog instances;
    private final RestoreTestPlanRows plans;
    private final RestoreTestRows rows;
    private final RestoreTestCheckRows checks;
    private final RestoreTests tests;
    private final AcceptedJobs accepted;
    private final Commands commands;
    private final Clock clock;

    RestoreTestController(
            Access access,
            VaultIdentity identity,
            InstanceCatalog instances,
            RestoreTestPlanRows plans,
            RestoreTestRows rows,
            RestoreTestCheckRows checks,
            RestoreTests tests,
            AcceptedJobs accepted,
            Commands commands,
            Clock clock) {
        this.access = access;
        this.identity = identity;
        this.instances = instances;
        this.plans = plans;
        this.rows = rows;
        this.checks = checks;
        this.tests = tests;
        this.accepted = accepted;
        this.commands = commands;
        this.clock = clock;
    }

    /// @param recoveryPoint its id, or `latest`, also if absent
    /// @param scratchResourceGroup where the copy is made; as the vault's plan says if absent
    /// @param grantMissing whether to give the vault's identity what it lacks; only who may grant it may ask for it
    record TestRequest(
            @Nullable String recoveryPoint,
            @Nullable String scratchResourceGroup,
            @Nullable Boolean grantMissing) {}

    @Post
    @Allow(Permission.RESTORES_START)
    HttpResponse<?> start(
            String vault,
            String instance,
            @Body @Nullable TestRequest request,
            @Header("Idempotency-Key") @Nullable String idempotencyKey) {
        InstanceId id = new InstanceId(vault, instance);
        ProtectedInstance tested = instances.restorable(id);
        TestRequest asked = request == null ? new TestRequest(null, null, null) : request;
        JobId job = accepted.idFor("restore-test", id.path(), idempotencyKey);
        if (!accepted.isKnown(job)) {
            String point = pointOf(id, asked.recoveryPoint() == null ? LATEST : asked.recoveryPoint());
            TestTerms terms = termsOf(vault, asked.scratchResourceGroup());
            tests.scratch(terms.scratchGroup());
            identity.ensureRestore(
                    id.vaultId(),
                    tested.snapshotGroup(),
                    terms.scratchGroup(),
                    Boolean.TRUE.equals(asked.grantMissing()));
            commands.send(new RequestTest(id, job, point, terms, Optional.empty(), clock.instant()));
        }
        return accepted.answer(job);
    }

    private String pointOf(InstanceId instance, String asked) {
        Optional<String> found = asked.equals(LATEST) ? instances.newestPoint(instance) : Optional.of(asked);
        return found.filter(point -> instances.hasPoint(instance, point))
                .orElseThrow(() -> InstanceRejection.pointNotFound(instance, asked));
    }

    private TestTerms termsOf(String vault, @Nullable String scratch) {
        Optional<TestTerms> planned =
                plans.findById(vault).map(plan -> plan.terms().test());
        if (scratch == null) {
            return planned.orElseThrow(() -> GeneralRejection.invalid(
                    "scratchResourceGroup (--scratch) is missing, and the backup vault '%s' has no restore test plan that names one."
                            .formatted(vault)));
        }
        ResourceGroupId group = new ResourceGroupId(scratch);
        if (!access.may(Permission.GROUPS_READ, Scope.group(scratch))) {
            throw RestoreTestRejection.scratchGroupNotFound(group);
        }
        return planned.map(terms -> new TestTerms(group, terms.fileSystem(), terms.script(), terms.checkTimeLimit()))
                .orElseGet(() -> TestTerms.usual(group));
    }

    /// @param recoveryPoint only the tests of this point
    @Get
    @Allow(Permission.VAULTS_READ)
    Listing<RestoreTestResponse> list(
            String vault,
            String instance,
            @QueryValue @Nullable String recoveryPoint,
            @QueryValue @Nullable String cursor,
            @QueryValue @Nullable Integer limit) {
        InstanceId id = new InstanceId(vault, instance);
        Cursor before = Cursor.parse(cursor);
        int count = Cursor.limit(limit);
        if (instances.find(id).isEmpty() && !rows.existsByInstanceId(id.path())) {
            throw InstanceRejection.notFound(id);
        }
        List<RestoreTestRow> found = rows.listBefore(id.path(), recoveryPoint, before.time(), before.key(), count + 1);
        Map<String, List<RestoreTestCheckRow>> checked = checksOf(found);
        return Listing.of(
                found,
                count,
                row -> RestoreTestResponse.of(row, checked.getOrDefault(row.jobId(), List.of())),
                row -> new Cursor(row.requestedAt(), row.jobId()));
    }

    private Map<String, List<RestoreTestCheckRow>> checksOf(List<RestoreTestRow> found) {
        return found.isEmpty()
                ? Map.of()
                : checks
                        .findByJobIdInOrderByPlace(
                                found.stream().map(RestoreTestRow::jobId).toList())
                        .stream()
                        .collect(groupingBy(RestoreTestCheckRow::jobId));
    }
}
