package io.diskvault.app.openapi;

import static io.diskvault.app.openapi.Schemas.map;

import io.diskvault.access.Role;
import io.diskvault.alert.AlertKind;
import io.diskvault.alert.AlertState;
import io.diskvault.alert.Severity;
import io.diskvault.disk.DiskType;
import io.diskvault.engine.source.DiskFormat;
import io.diskvault.export.ExportEnd;
import io.diskvault.files.ArchiveFormat;
import io.diskvault.guard.ApprovalStatus;
import io.diskvault.guard.CriticalOperation;
import io.diskvault.instance.BackupKind;
import io.diskvault.instance.Health;
import io.diskvault.instance.ProtectionState;
import io.diskvault.job.JobStatus;
import io.diskvault.job.Operation;
import io.diskvault.link.ImageFormat;
import io.diskvault.link.LinkKind;
import io.diskvault.policy.RetentionTag;
import io.diskvault.restoretest.PointChoice;
import io.diskvault.slot.SlotState;
import io.diskvault.vault.Immutability;
import io.diskvault.vault.SoftDelete;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// What the types of the program do not say: which texts and numbers are possible, and which fields of a request are
/// needed. The walk finds out whether it is so.
final class Refinements {
    private static final Map<String, Object> NAME =
            map("pattern", "^[A-Za-z][-A-Za-z0-9]*[A-Za-z0-9]$", "minLength", 2, "maxLength", 50);

    /// By shape or operation and field, or by field alone.
    private static final Map<String, Map<String, Object>> BY_FIELD = Map.ofEntries(
            Map.entry("limit", map("minimum", 1, "maximum", 500, "default", 50)),
            Map.entry("days", map("minimum", 1, "maximum", 366, "default", 7)),
            Map.entry("retentionDays", map("minimum", 14, "maximum", 180)),
            Map.entry("sharePercent", map("minimum", 1, "maximum", 100)),
            Map.entry("percent", map("minimum", 0, "maximum", 100)),
            Map.entry("protected", texts("true", "false")),
            Map.entry("immutability", of(Immutability.class)),
            Map.entry("SoftDeleteSetting.state", of(SoftDelete.State.class)),
            Map.entry("operation", of(Operation.class)),
            Map.entry("ApprovalResponse.operation", of(CriticalOperation.class)),
            Map.entry(
                    "operations",
                    map("items", map("type", "string", "enum", Shapes.constants(CriticalOperation.class)))),
            Map.entry("JobFilter.status", of(JobStatus.class)),
            Map.entry("JobResponse.status", of(JobStatus.class)),
            Map.entry("JobCount.status", of(JobStatus.class)),
            Map.entry("ApprovalController.list.status", of(ApprovalStatus.values(), ApprovalStatus::text)),
            Map.entry("ApprovalResponse.status", of(ApprovalStatus.values(), ApprovalStatus::text)),
            Map.entry("protectionState", of(ProtectionState.class)),
            Map.entry("InstanceFilter.state", of(ProtectionState.class)),
            Map.entry("InstanceFilter.health", of(Health.State.class)),
            Map.entry("AlertFilter.kind", of(AlertKind.class)),
            Map.entry("AlertFilter.severity", of(Severity.class)),
            Map.entry("AlertFilter.state", of(AlertState.class)),
            Map.entry("AlertResponse.kind", of(AlertKind.class)),
            Map.entry("AlertResponse.severity", of(Severity.class)),
            Map.entry("AlertResponse.state", of(AlertState.class)),
            Map.entry("SlotController.list.state", of(SlotState.values(), SlotState::text)),
            Map.entry("SlotResponse.state", of(SlotState.values(), SlotState::text)),
            Map.entry("RecoveryPointController.list.state", texts("live", "held", "expired")),
            Map.entry("RecoveryPointResponse.state", texts("Live", "Expired")),
            Map.entry("RecoveryPointResponse.kind", of(BackupKind.class)),
            Map.entry("changeDetection", texts("FullRead", "Overlay")),
            Map.entry("retentionTag", of(RetentionTag.class)),
            Map.entry("tag", of(RetentionTag.class)),
            Map.entry("role", of(Role.class)),
            Map.entry("type", of(DiskType.values(), DiskType::text)),
            Map.entry("Problem.type", map("format", "uri")),
            Map.entry("EntryResponse.type", texts("file", "folder", "link", "other")),
            Map.entry("DiskRequest.format", formats()),
            Map.entry("DiskResponse.format", formats()),
            Map.entry("Target.format", formats()),
            Map.entry("LinkRequest.kind", of(LinkKind.class)),
            Map.entry("LinkRequest.format", of(ImageFormat.class)),
            Map.entry("LinkResponse.kind", of(LinkKind.class)),
            Map.entry("LinkResponse.format", of(ImageFormat.class)),
            Map.entry("LinkResponse.state", texts("Valid", "Expired", "Revoked")),
            Map.entry("PointFilesController.get.format", of(ArchiveFormat.values(), ArchiveFormat::text)),
            Map.entry("ExportResponse.state", texts("Active", "Keeping", "Ended")),
            Map.entry("ExportResponse.endReason", of(ExportEnd.class)),
            Map.entry("ExportController.list.state", texts("active", "all")),
            Map.entry("InstanceExportController.list.state", texts("active", "all")),
            Map.entry("ExportController.end.changes", texts("discard")),
            Map.entry("transport", texts("unix", "tcp")),
            Map.entry("PlanRequest.recoveryPoint", of(PointChoice.class)),
            Map.entry("PlanResponse.recoveryPoint", of(PointChoice.class)),
            Map.entry("PlanRequest.maxAge", map("pattern", "^P[0-9]{1,6}D$")),
            Map.entry("RestoreTestResponse.outcome", texts("Proven", "CheckFailed", "NotRestorable", "NotTested")),
            Map.entry("Check.outcome", texts("Passed", "Failed", "NotChecked")),
            Map.entry("Range.kind", texts("Changed", "Zeroed")),
            Map.entry("vault", NAME),
            Map.entry("group", NAME),
            Map.entry("disk", map("maxLength", 101)),
            Map.entry("DiskController.put.disk", NAME),
            Map.entry("DiskController.get.disk", NAME),
            Map.entry("DiskController.delete.disk", NAME),
            Map.entry("InstanceController.put.name", NAME),
            Map.entry("InstanceController.get.name", NAME),
            Map.entry("InstanceController.delete.name", NAME),
            Map.entry("instance", NAME),
            // Whatever the datastore calls it.
            Map.entry("Finding.instance", Map.of()),
            Map.entry("policy", NAME),
            Map.entry("guard", NAME),
            Map.entry("resourceGroup", NAME),
            Map.entry("snapshotResourceGroup", NAME),
            Map.entry("scratchResourceGroup", NAME),
            Map.entry("diskName", NAME),
            Map.entry("source", map("maxLength", 4096)));

    /// What a request is refused without.
    private static final Map<String, List<String>> NEEDED = Map.ofEntries(
            Map.entry("DiskRequest", List.of("source")),
            Map.entry("PolicyRequest", List.of("schedule", "retention")),
            Map.entry("ForecastRequest", List.of("schedule", "retention", "on")),
            Map.entry("ScheduleRequest", List.of("repeatingTimeIntervals")),
            Map.entry("RuleRequest", List.of("tag", "duration")),
            Map.entry("InstanceRequest", List.of("disk", "policy", "snapshotResourceGroup")),
            Map.entry("RestoreRequest", List.of("recoveryPoint", "target")),
            Map.entry("ExportRequest", List.of("recoveryPoint")),
            Map.entry("LegalHoldRequest", List.of("reason")),
            Map.entry("PlanRequest", List.of("schedule", "scratchResourceGroup")),
            Map.entry("RoleAssignmentRequest", List.of("principal", "role", "scope")),
            Map.entry("TokenRequest", List.of("name")),
            Map.entry("VaultGuardRequest", List.of("guard")));

    private Refinements() {}

    private static Map<String, Object> of(Class<?> constants) {
        return map("enum", Shapes.constants(constants));
    }

    private static <T> Map<String, Object> of(T[] constants, Function<T, String> text) {
        return map("enum", Stream.of(constants).map(text).toList());
    }

    private static Map<String, Object> texts(String... possible) {
        return map("enum", List.of(possible));
    }

    private static Map<String, Object> formats() {
        return of(DiskFormat.values(), DiskFormat::text);
    }

    /// @param owner the shape, or the operation
    static Map<String, Object> of(String owner, String field) {
        return BY_FIELD.getOrDefault(owner + "." + field, BY_FIELD.getOrDefault(field, Map.of()));
    }

    static List<String> needed(Class<?> request) {
        return NEEDED.getOrDefault(request.getSimpleName(), List.of());
    }

    /// An example of a query parameter that a request is refused without.
    static Optional<String> neededQuery(Route route, String name) {
        return switch (route.id() + "." + name) {
            case "forecastSaved.on" -> Optional.of("2026-12-31");
            case "pointFilesGet.path" -> Optional.of("/etc/fstab");
            default -> Optional.empty();
        };
    }

    /// What is given where a signature does not say it.
    static String contentType(Route route) {
        return switch (route.id()) {
            case "auditEvents" -> "application/x-ndjson";
            case "streamListen" -> "text/event-stream";
            default -> "application/octet-stream";
        };
    }

    static String header(String field) {
        return switch (field) {
            case "If-Match" -> "The `ETag` of the version that is to be changed, so that nobody else's change is lost.";
            case "Idempotency-Key" ->
                "1 to 100 characters. The same key with the same request is the same work, done once.";
            case "Range" -> "A part of it, as `bytes=0-1048575`: a download that broke off goes on.";
            case "Last-Event-ID" -> "The `id` of the last event that was seen; what happened since then comes first.";
            default -> throw new AssertionError("say what the header " + field + " is for");
        };
    }

    /// What a parameter is for that has the same meaning everywhere.
    static String query(String name) {
        return switch (name) {
            case "cursor" -> "The `nextCursor` of the page before, unchanged; absent for the first page.";
            case "limit" -> "How many items a page has at most.";
            case "from" -> "The beginning of the period, itself included.";
            case "to" -> "The end of the period, itself not included.";
            case "vault", "instance", "policy", "recoveryPoint", "resourceGroup" -> "Only what belongs to it.";
            case "on" -> "The day of the forecast, or an instant.";
            case "days" -> "How many days back.";
            case "volume" -> "The `number` of the volume; 0, or absent, for a disk without partitions.";
            case "path" -> "From the root of the volume, with slashes.";
            case "format" -> "What a folder is packed into; `tar` if absent.";
            case "operation", "status", "kind", "severity", "state", "health" -> "Only what has this " + name + ".";
            default -> throw new AssertionError("say what the parameter " + name + " is for");
        };
    }

    /// What an operation answers besides what its own lines say.
    static Set<Integer> statuses(Route route) {
        return switch (route.id()) {
            case "downloadDownload" -> Set.of(200, 206);
            case "downloadLook" -> Set.of(200);
            default -> Set.of();
        };
    }

    /// What an endpoint refuses without a rejection of its feature.
    static Map<Integer, String> refusals(Route route) {
        return route.id().equals("downloadDownload") ? Map.of(416, "UserErrorRangeNotSatisfiable") : Map.of();
    }

    static Map<String, Object> headers(Route route, int status) {
        if (status == 202 && !route.id().equals("jobCancel")) {
            return map("Location", header("Where the job is.", "uri-reference"));
        }
        boolean versioned = route.path().endsWith("/backup-policies/{policy}")
                || route.path().endsWith("/restore-test-plan");
        return versioned && status < 202 ? map("ETag", header("For `If-Match` when it is changed.", "")) : Map.of();
    }

    private static Map<String, Object> header(String description, String format) {
        Map<String, Object> schema = format.isEmpty() ? map("type", "string") : map("type", "string", "format", format);
        return map("description", description, "schema", schema);
    }
}
