package io.diskvault.policy.web;

import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.command.CommandRejected;
import io.diskvault.command.Commands;
import io.diskvault.command.Quoted;
import io.diskvault.policy.BackupSchedule;
import io.diskvault.policy.PolicyAdmission;
import io.diskvault.policy.PolicyCommand.ChangePolicy;
import io.diskvault.policy.PolicyCommand.CreatePolicy;
import io.diskvault.policy.PolicyCommand.DeletePolicy;
import io.diskvault.policy.PolicyId;
import io.diskvault.policy.PolicyRejection;
import io.diskvault.policy.RetentionRules;
import io.diskvault.policy.view.PolicyRow;
import io.diskvault.policy.view.PolicyRows;
import io.diskvault.vault.VaultId;
import io.diskvault.vault.view.VaultRows;
import io.diskvault.web.Cursor;
import io.diskvault.web.Listing;
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
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `/api/v1/backup-vaults/{vault}/backup-policies`.
@Controller("/api/v1/backup-vaults/{vault}/backup-policies")
@ExecuteOn(TaskExecutors.BLOCKING)
final class PolicyController {
    private static final Pattern ENTITY_TAG = Pattern.compile("\"([1-9][0-9]{0,17})\"");

    private final Commands commands;
    private final VaultRows vaults;
    private final PolicyRows rows;
    private final Views views;
    private final PolicyAdmission admission;
    private final Clock clock;

    PolicyController(
            Commands commands, VaultRows vaults, PolicyRows rows, Views views, PolicyAdmission admission, Clock clock) {
        this.commands = commands;
        this.vaults = vaults;
        this.rows = rows;
        this.views = views;
        this.admission = admission;
        this.clock = clock;
    }

    @Put("/{policy}")
    @Allow(Permission.POLICIES_WRITE)
    HttpResponse<PolicyResponse> put(
            String vault,
            String policy,
            @Header(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @Body PolicyRequest request) {
        PolicyId id = new PolicyId(vault, policy);
        BackupSchedule schedule = request.toSchedule();
        RetentionRules retention = request.toRetention();
        Instant now = clock.instant();
        Optional<PolicyRow> existing = rows.findById(id.path());
        if (existing.filter(row -> row.has(schedule, retention)).isEmpty()) {
            admission.require(schedule, retention, now);
        }
        if (ifMatch == null) {
            commands.send(new CreatePolicy(id, schedule, retention, now));
        } else {
            commands.send(new ChangePolicy(id, expectedVersion(id, ifMatch), schedule, retention, now));
        }
        views.catchUp();
        PolicyResponse answer = PolicyResponse.of(row(id));
        return tagged(existing.isPresent() ? HttpResponse.ok(answer) : HttpResponse.created(answer), answer);
    }

    private long expectedVersion(PolicyId id, String ifMatch) {
        if (ifMatch.equals("*")) {
            return rows.findById(id.path()).map(PolicyRow::version).orElse(0L);
        }
        Matcher tag = ENTITY_TAG.matcher(ifMatch);
        if (!tag.matches()) {
            throw new CommandRejected(
                    PolicyRejection.POLICY_VERSION_MISMATCH,
                    "If-Match is %s; give the policy's ETag, such as \"1\" with its quotes."
                            .formatted(Quoted.of(ifMatch)));
        }
        return Long.parseLong(tag.group(1));
    }

    private static HttpResponse<PolicyResponse> tagged(
            MutableHttpResponse<PolicyResponse> response, PolicyResponse policy) {
        return response.header(HttpHeaders.ETAG, policy.entityTag());
    }

    private PolicyRow row(PolicyId id) {
        return rows.findById(id.path()).orElseThrow(() -> PolicyRejection.notFound(id));
    }

    @Get("/{policy}")
    @Allow(Permission.VAULTS_READ)
    HttpResponse<PolicyResponse> get(String vault, String policy) {
        PolicyResponse answer = PolicyResponse.of(row(new PolicyId(vault, policy)));
        return tagged(HttpResponse.ok(answer), answer);
    }

    @Get
    @Allow(Permission.VAULTS_READ)
    Listing<PolicyResponse> list(
            String vault, @QueryValue @Nullable String cursor, @QueryValue @Nullable Integer limit) {
        VaultId id = new VaultId(vault);
        vaults.require(id);
        Cursor from = Cursor.parse(cursor);
        int count = Cursor.limit(limit);
        return Listing.of(
                rows.listBefore(vault, from.time(), from.key(), count + 1),
                count,
                PolicyResponse::of,
                row -> new Cursor(row.createdAt(), row.id()));
    }

    @Delete("/{policy}")
    @Allow(Permission.POLICIES_DELETE)
    HttpResponse<?> delete(String vault, String policy) {
        commands.send(new DeletePolicy(new PolicyId(vault, policy), clock.instant()));
        views.catchUp();
        return HttpResponse.noContent();
    }
}
