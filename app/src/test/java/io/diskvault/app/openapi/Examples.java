package io.diskvault.app.openapi;

import static io.diskvault.app.openapi.Schemas.map;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is written in the description as an example.
final class Examples {
    static final String ID = "0197a1de-5c40-7c3f-9d1e-3b6f8f0c2a11";

    private static final Map<String, Object> SCHEDULE =
            map("repeatingTimeIntervals", List.of("R/2026-11-01T02:00:00+00:00/PT4H"), "timeZone", "Europe/Amsterdam");

    private static final List<Object> RETENTION =
            List.of(map("tag", "Default", "duration", "P7D"), map("tag", "Daily", "duration", "P30D"));

    private static final Map<String, Object> WISH =
            map("disk", "vm-disks/web-1", "policy", "gold", "snapshotResourceGroup", "snapshots");

    /// By the name of the field, or of the part of the path.
    private static final Map<String, Object> FIELDS = Map.ofEntries(
            Map.entry("vault", "prod"),
            Map.entry("vaults", "prod"),
            Map.entry("name", "web-1"),
            Map.entry("instance", "web-1"),
            Map.entry("policy", "gold"),
            Map.entry("group", "vm-disks"),
            Map.entry("resourceGroup", "vm-disks"),
            Map.entry("snapshotResourceGroup", "snapshots"),
            Map.entry("scratchResourceGroup", "scratch"),
            Map.entry("guard", "main"),
            Map.entry("disk", "vm-disks/web-1"),
            Map.entry("path.disk", "web-1"),
            Map.entry("diskName", "web-1-restored"),
            Map.entry("id", ID),
            Map.entry("point", ID),
            Map.entry("job", ID),
            Map.entry("keepJob", ID),
            Map.entry("restoringJob", ID),
            Map.entry("recoveryPoint", ID),
            Map.entry("secret", "dvl_example"),
            Map.entry("source", "file:web-1.img"),
            Map.entry("disksRoot", "/var/lib/disks"),
            Map.entry("datastore", "/backup/diskvault"),
            Map.entry("principal", "alice"),
            Map.entry("requester", "alice"),
            Map.entry("createdBy", "alice"),
            Map.entry("acknowledgedBy", "alice"),
            Map.entry("approver", "bob"),
            Map.entry("role", "Backup Operator"),
            Map.entry("scope", "vault:prod"),
            Map.entry("guardOperation", "DeleteData"),
            Map.entry("resource", "prod/web-1"),
            Map.entry("retentionTag", "Daily"),
            Map.entry("retentionDuration", "P30D"),
            Map.entry("tag", "Daily"),
            Map.entry("duration", "P30D"),
            Map.entry("repeatingTimeIntervals", "R/2026-11-01T02:00:00+00:00/PT4H"),
            Map.entry("timeZone", "Europe/Amsterdam"),
            Map.entry("maxAge", "P30D"),
            Map.entry("checkTimeLimit", "PT10M"),
            Map.entry("status", "Completed"),
            Map.entry("sizeBytes", 8589934592L),
            Map.entry("logicalBytes", 8589934592L),
            Map.entry("capacityBytes", 1099511627776L),
            Map.entry("freeBytes", 549755813888L),
            Map.entry("usedBytes", 2147483648L),
            Map.entry("changedBytes", 67108864L),
            Map.entry("addedBytes", 67108864L),
            Map.entry("storedBytes", 31457280L),
            Map.entry("doneBytes", 1073741824L),
            Map.entry("totalBytes", 2147483648L),
            Map.entry("percent", 50.0),
            Map.entry("code", "UserErrorDiskSnapshotNotFound"),
            Map.entry("Problem.type", "urn:diskvault:problem:UserErrorDiskSnapshotNotFound"),
            Map.entry("Problem.title", "Not Found"),
            Map.entry("Problem.status", 404),
            Map.entry("detail", "There is no such recovery point."),
            Map.entry("message", "There is no such recovery point."),
            Map.entry("recommendedAction", "Check the id, or list the recovery points with GET."));

    /// By the shape of the request.
    static final Map<String, Map<String, Object>> BODIES = Map.ofEntries(
            Map.entry("ResourceGroupRequest", map("disksRoot", "/var/lib/disks")),
            Map.entry("DiskRequest", map("source", "file:web-1.img")),
            Map.entry("VaultRequest", map("softDelete", map("state", "On", "retentionDays", 14))),
            Map.entry("PolicyRequest", map("schedule", SCHEDULE, "retention", RETENTION)),
            Map.entry(
                    "ForecastRequest",
                    map(
                            "schedule",
                            SCHEDULE,
                            "retention",
                            RETENTION,
                            "from",
                            "2026-11-21T00:00:00Z",
                            "on",
                            "2026-12-31")),
            Map.entry("InstanceRequest", with(WISH, "grantMissing", true)),
            Map.entry("ValidationRequest", WISH),
            Map.entry("BackupRequestBody", map("retentionTag", "Default")),
            Map.entry(
                    "RestoreRequest",
                    map(
                            "recoveryPoint",
                            "latest",
                            "target",
                            map(
                                    "resourceGroup",
                                    "vm-disks",
                                    "diskName",
                                    "web-1-restored",
                                    "format",
                                    "raw",
                                    "grantMissing",
                                    true))),
            Map.entry("LegalHoldRequest", map("reason", "Case 2026-117")),
            Map.entry("LinkRequest", map("kind", "download", "format", "raw", "validFor", "PT1H")),
            Map.entry(
                    "ExportRequest",
                    map("recoveryPoint", "latest", "writable", false, "idleTimeout", "PT1H", "transport", "unix")),
            Map.entry("KeepRequest", map("retentionTag", "Default")),
            Map.entry(
                    "TestRequest",
                    map("recoveryPoint", "latest", "scratchResourceGroup", "scratch", "grantMissing", true)),
            Map.entry(
                    "PlanRequest",
                    map(
                            "schedule",
                            map("repeatingTimeIntervals", List.of("R/2026-11-01T04:00:00+00:00/P1W")),
                            "sharePercent",
                            25,
                            "recoveryPoint",
                            "Latest",
                            "scratchResourceGroup",
                            "scratch",
                            "checks",
                            map("fileSystem", true),
                            "checkTimeLimit",
                            "PT10M",
                            "maxAge",
                            "P30D",
                            "grantMissing",
                            true)),
            Map.entry(
                    "RoleAssignmentRequest",
                    map("principal", "alice", "role", "Backup Operator", "scope", "vault:prod")),
            Map.entry(
                    "TokenRequest",
                    map(
                            "name",
                            "nightly-report",
                            "principal",
                            "alice",
                            "role",
                            "Backup Reader",
                            "scope",
                            "vault:prod")),
            Map.entry("GuardRequest", map("operations", List.of("DeleteData", "ReduceSoftDelete"))),
            Map.entry("VaultGuardRequest", map("guard", "main")),
            Map.entry("SignInRequest", map("token", "the-secret-of-a-token-as-it-was-issued")),
            Map.entry("VerificationRequest", map("checkpoints", List.of())));

    private Examples() {}

    private static Map<String, Object> with(Map<String, Object> map, String key, Object value) {
        Map<String, Object> copy = new LinkedHashMap<>(map);
        copy.put(key, value);
        return copy;
    }

    /// @param owner the shape that the field is of
    static @Nullable Object of(String owner, String field) {
        return FIELDS.getOrDefault(owner + "." + field, FIELDS.get(field));
    }

    /// A value of a shape, put together from the examples of its fields; null only where nothing else can be.
    ///
    /// @param components the shapes by their names
    static @Nullable Object made(Map<?, ?> schema, Map<String, Object> components) {
        if (schema.get("examples") instanceof List<?> examples) {
            return examples.getFirst();
        } else if (schema.get("$ref") instanceof String reference) {
            return made(componentOf(reference, components), components);
        } else if (schema.get("oneOf") instanceof List<?> choices) {
            return made((Map<?, ?>) choices.getFirst(), components);
        } else if (schema.get("enum") instanceof List<?> constants) {
            return constants.getFirst();
        }
        Object type = schema.get("type");
        return switch (String.valueOf(type instanceof List<?> several ? several.getFirst() : type)) {
            case "object" -> object(schema, components);
            case "array" -> {
                Object item = made((Map<?, ?>) Objects.requireNonNull(schema.get("items")), components);
                yield item == null ? List.of() : List.of(item);
            }
            case "integer", "number" -> type instanceof List ? null : 1;
            case "boolean" -> false;
            case "string" -> type instanceof List ? null : "text";
            default -> null;
        };
    }

    private static Object object(Map<?, ?> schema, Map<String, Object> components) {
        Map<String, Object> object = new LinkedHashMap<>();
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            List<Object> names = new ArrayList<>(properties.keySet());
            names.forEach(name -> object.put(
                    String.valueOf(name), made((Map<?, ?>) Objects.requireNonNull(properties.get(name)), components)));
        }
        return object;
    }

    private static Map<?, ?> componentOf(String reference, Map<String, Object> components) {
        return (Map<?, ?>)
                Objects.requireNonNull(components.get(reference.substring(Schemas.REFERENCE.length())), reference);
    }
}
