package io.diskvault.app.remote;

import static io.diskvault.app.remote.Column.bytes;
import static io.diskvault.app.remote.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.console.ByteSize;
import io.diskvault.app.console.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The overview as lines: what is wrong comes before what is only large.
final class OverviewText {
    private static final List<Column> PROBLEMS = List.of(
            InstanceCommands.NAME,
            text("HEALTH", "health/state"),
            text("WHY", "health/reason"),
            text("WHAT TO DO", "health/recommendedAction"));
    private static final List<Column> JOBS = List.of(
            text("OPERATION", "operation"),
            text("STATUS", "status"),
            text("LAST DAY>", "lastDay"),
            text("LAST 7 DAYS>", "lastSevenDays"));
    private static final List<Column> DATASTORES = List.of(
            text("RESOURCE GROUP", "resourceGroup"),
            bytes("STORED", "storedBytes"),
            bytes("FREE", "freeBytes"),
            bytes("CAPACITY", "capacityBytes"));

    private OverviewText() {}

    static List<String> lines(JsonNode overview) {
        List<String> lines = new ArrayList<>();
        JsonNode protection = overview.path("protection");
        lines.add("Disks      %d, of them protected %d, unprotected %d, missing %d"
                .formatted(
                        number(protection, "disks"),
                        number(protection, "protectedDisks"),
                        number(protection, "unprotectedDisks"),
                        number(protection, "missingDisks")));
        JsonNode instances = protection.path("instances");
        lines.add("Instances  healthy %d, degraded %d, unhealthy %d, not protected %d"
                .formatted(
                        number(instances, "healthy"),
                        number(instances, "degraded"),
                        number(instances, "unhealthy"),
                        number(instances, "notProtected")));
        JsonNode alerts = overview.path("alerts");
        lines.add("Alerts     critical %d, warning %d, information %d"
                .formatted(number(alerts, "critical"), number(alerts, "warning"), number(alerts, "information")));
        JsonNode storage = overview.path("storage");
        lines.add("Storage    disks %s, used %s, stored %s"
                .formatted(
                        ByteSize.of(number(storage, "logicalBytes")),
                        ByteSize.of(number(storage, "usedBytes")),
                        ByteSize.of(number(storage, "storedBytes"))));
        table(lines, overview.path("problems"), "No instance has a problem.", PROBLEMS);
        table(lines, alerts.path("newest"), "No alert is open.", AlertCommands.COLUMNS);
        table(lines, jobs(overview.path("jobs")), "No job in the last seven days.", JOBS);
        table(lines, storage.path("datastores"), "No datastore.", DATASTORES);
        return lines;
    }

    private static long number(JsonNode node, String field) {
        return node.path(field).asLong();
    }

    private static void table(List<String> lines, JsonNode items, String nothing, List<Column> columns) {
        lines.add("");
        lines.addAll(Reply.lines(Json.object().set("items", items), nothing, columns));
    }

    /// Operation and status, with the counts of both periods side by side.
    private static ArrayNode jobs(JsonNode jobs) {
        Map<String, ObjectNode> rows = new LinkedHashMap<>();
        for (String period : List.of("lastSevenDays", "lastDay")) {
            for (JsonNode count : jobs.path(period)) {
                rows.computeIfAbsent(
                                Json.text(count, "operation") + " " + Json.text(count, "status"),
                                _ -> Json.object()
                                        .put("operation", Json.text(count, "operation"))
                                        .put("status", Json.text(count, "status"))
                                        .put("lastDay", 0)
                                        .put("lastSevenDays", 0))
                        .put(period, count.path("count").asLong());
            }
        }
        return Json.object().putArray("jobs").addAll(rows.values());
    }
}
