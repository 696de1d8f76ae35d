package io.diskvault.policy.web;

import io.diskvault.access.Access;
import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.access.Scope;
import io.diskvault.command.CommandRejected;
import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;
import io.diskvault.policy.BackupSchedule;
import io.diskvault.policy.InstancePoints;
import io.diskvault.policy.InstancePoints.History;
import io.diskvault.policy.Peak;
import io.diskvault.policy.PolicyAdmission;
import io.diskvault.policy.PolicyForecast;
import io.diskvault.policy.PolicyId;
import io.diskvault.policy.PolicyRejection;
import io.diskvault.policy.RetentionRules;
import io.diskvault.policy.view.PolicyRow;
import io.diskvault.policy.view.PolicyRows;
import io.diskvault.policy.web.PolicyRequest.RuleRequest;
import io.diskvault.policy.web.PolicyRequest.ScheduleRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which recovery points will exist on a date, by a saved policy or a proposed one.
@Controller("/api/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ForecastController {
    private final Access access;
    private final PolicyRows rows;
    private final InstancePoints instances;
    private final PolicyAdmission admission;
    private final Clock clock;

    ForecastController(
            Access access, PolicyRows rows, InstancePoints instances, PolicyAdmission admission, Clock clock) {
        this.access = access;
        this.rows = rows;
        this.instances = instances;
        this.admission = admission;
        this.clock = clock;
    }

    /// @param from when an instance begins to follow the policy; now if absent
    /// @param on the date
    /// @param instance an instance, `vault/name`, that goes on with what it has; absent for a new one
    record ForecastRequest(
            @Nullable ScheduleRequest schedule,
            @Nullable List<@Nullable RuleRequest> retention,
            @Nullable Instant from,
            @Nullable String on,
            @Nullable String instance) {}

    /// @param instance the name of an instance of the same vault
    @Get("/backup-vaults/{vault}/backup-policies/{policy}/forecast")
    @Allow(Permission.VAULTS_READ)
    ForecastResponse saved(
            String vault,
            String policy,
            @QueryValue @Nullable String on,
            @QueryValue @Nullable Instant from,
            @QueryValue @Nullable String instance) {
        PolicyId id = new PolicyId(vault, policy);
        PolicyRow row = rows.findById(id.path()).orElseThrow(() -> PolicyRejection.notFound(id));
        return forecast(
                row.backupSchedule(), row.retentionRules(), from, on, instance == null ? null : vault + "/" + instance);
    }

    @Post("/policy-forecasts")
    @Allow(value = Permission.VAULTS_READ, checkedInside = true)
    ForecastResponse proposed(@Body ForecastRequest request) {
        PolicyRequest policy = new PolicyRequest(request.schedule(), request.retention());
        return forecast(policy.toSchedule(), policy.toRetention(), request.from(), request.on(), request.instance());
    }

    private ForecastResponse forecast(
            BackupSchedule schedule,
            RetentionRules retention,
            @Nullable Instant from,
            @Nullable String on,
            @Nullable String instance) {
        Optional<History> history = Optional.ofNullable(instance).map(this::historyOf);
        Instant start = from == null ? clock.instant() : from;
        PolicyForecast forecast = PolicyForecast.of(schedule, retention, start, dateOf(on), history);
        Peak peak = PolicyAdmission.peak(schedule, retention, start);
        return ForecastResponse.of(admission.admits(peak), peak, start, forecast);
    }

    private History historyOf(String instance) {
        return Optional.of(instance)
                .filter(path -> access.may(
                        Permission.VAULTS_READ, Scope.vault(path.substring(0, Math.max(0, path.indexOf('/'))))))
                .flatMap(instances::find)
                .orElseThrow(() -> new CommandRejected(
                        PolicyRejection.INSTANCE_NOT_FOUND,
                        "There is no backup instance %s.".formatted(Quoted.of(instance))));
    }

    private static LocalDate dateOf(@Nullable String on) {
        try {
            if (on != null) {
                return LocalDate.parse(on);
            }
        } catch (DateTimeException _) {
            // Answered below like a missing one.
        }
        throw GeneralRejection.invalid(
                "on is %s; a date is needed, as in 2027-01-31.".formatted(on == null ? "missing" : Quoted.of(on)));
    }
}
