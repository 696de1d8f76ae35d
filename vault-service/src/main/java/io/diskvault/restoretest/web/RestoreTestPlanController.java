package io.diskvault.restoretest.web;

import io.diskvault.access.Access;
import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.access.Scope;
import io.diskvault.command.CommandRejected;
import io.diskvault.command.Commands;
import io.diskvault.command.Quoted;
import io.diskvault.resourcegroup.ResourceGroupId;
import io.diskvault.restoretest.CheckScripts;
import io.diskvault.restoretest.PlanTerms;
import io.diskvault.restoretest.RestoreTestPlanCommand.DeletePlan;
import io.diskvault.restoretest.RestoreTestPlanCommand.SetPlan;
import io.diskvault.restoretest.RestoreTestPlanId;
import io.diskvault.restoretest.RestoreTestRejection;
import io.diskvault.restoretest.RestoreTests;
import io.diskvault.restoretest.view.RestoreTestPlanRow;
import io.diskvault.restoretest.view.RestoreTestPlanRows;
import io.diskvault.role.VaultIdentity;
import io.diskvault.vault.VaultId;
import io.diskvault.vault.view.VaultRows;
import io.diskvault.web.Views;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `/api/v1/backup-vaults/{vault}/restore-test-plan`.
@Controller("/api/v1/backup-vaults/{vault}/restore-test-plan")
@ExecuteOn(TaskExecutors.BLOCKING)
final class RestoreTestPlanController {
    private static final Pattern ENTITY_TAG = Pattern.compile("\"([1-9][0-9]{0,17})\"");

    private final Access access;
    private final VaultIdentity identity;
    private final VaultRows vaults;
    private final RestoreTestPlanRows rows;
    private final RestoreTests tests;
    private final CheckScripts scripts;
    private final Commands commands;
    private final Views views;
    private final Clock clock;

    RestoreTestPlanController(
            Access access,
            VaultIdentity identity,
            VaultRows vaults,
            RestoreTestPlanRows rows,
            RestoreTests tests,
            CheckScripts scripts,
            Commands commands,
            Views views,
            Clock clock) {
        this.access = access;
        this.identity = identity;
        this.vaults = vaults;
        this.rows = rows;
        this.tests = tests;
        this.scripts = scripts;
        this.commands = commands;
        this.views = views;
        this.clock = clock;
    }

    @Put
    @Allow(Permission.RESTORE_TEST_PLANS_WRITE)
    HttpResponse<PlanResponse> put(
            String vault, @Header(HttpHeaders.IF_MATCH) @Nullable String ifMatch, @Body PlanRequest request) {
        VaultId id = new VaultId(vault);
        vaults.require(id);
        PlanTerms terms = request.toTerms();
        requireUsable(id, terms, Boolean.TRUE.equals(request.grantMissing()));
        boolean existed = rows.existsById(vault);
        commands.send(new SetPlan(new RestoreTestPlanId(id), terms, expectedVersion(vault, ifMatch), clock.instant()));
        views.catchUp();
        PlanResponse answer = PlanResponse.of(row(id), clock.instant());
        return tagged(existed ? HttpResponse.ok(answer) : HttpResponse.created(answer), answer);
    }

    private void requireUsable(VaultId vault, PlanTerms terms, boolean grant) {
        ResourceGroupId scratch = terms.test().scratchGroup();
        if (!access.may(Permission.GROUPS_READ, Scope.group(scratch.name()))) {
            throw RestoreTestRejection.scratchGroupNotFound(scratch);
        }
        tests.scratch(scratch);
        terms.test().script().ifPresent(scripts::require);
        identity.ensureScratch(vault, scratch, grant);
    }

    private Optional<Long> expectedVersion(String vault, @Nullable String ifMatch) {
        if (ifMatch == null) {
            return Optional.empty();
        }
        if (ifMatch.equals("*")) {
            return Optional.of(
                    rows.findById(vault).map(RestoreTestPlanRow::version).orElse(0L));
        }
        Matcher tag = ENTITY_TAG.matcher(ifMatch);
        if (!tag.matches()) {
            throw new CommandRejected(
                    RestoreTestRejection.PLAN_VERSION_MISMATCH,
                    "If-Match is %s; give the plan's ETag, such as \"1\" with its quotes."
                            .formatted(Quoted.of(ifMatch)));
        }
        return Optional.of(Long.parseLong(tag.group(1)));
    }

    private static HttpResponse<PlanResponse> tagged(MutableHttpResponse<PlanResponse> response, PlanResponse plan) {
        return response.header(HttpHeaders.ETAG, plan.entityTag());
    }

    private RestoreTestPlanRow row(VaultId vault) {
        return rows.findById(vault.name())
                .orElseThrow(() -> RestoreTestRejection.planNotFound(new RestoreTestPlanId(vault)));
    }

    @Get
    @Allow(Permission.VAULTS_READ)
    HttpResponse<PlanResponse> get(String vault) {
        VaultId id = new VaultId(vault);
        vaults.require(id);
        PlanResponse answer = PlanResponse.of(row(id), clock.instant());
        return tagged(HttpResponse.ok(answer), answer);
    }

    @Delete
    @Allow(Permission.RESTORE_TEST_PLANS_WRITE)
    HttpResponse<?> delete(String vault) {
        VaultId id = new VaultId(vault);
        vaults.require(id);
        commands.send(new DeletePlan(new RestoreTestPlanId(id), clock.instant()));
        views.catchUp();
        return HttpResponse.noContent();
    }
}
