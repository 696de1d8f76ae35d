package io.diskvault.app.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.client.ApiPath;
import io.diskvault.app.client.VaultServer;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Everything that a disk needs to be protected. Each part is looked for before it is made, by what it stands for and
/// not by its name: so a second start changes nothing, and what people made or renamed themselves is used as it is.
final class Protection {
    static final String VAULT = "quickstart";
    static final String POLICY = "hourly";

    private final VaultServer server;

    Protection(VaultServer server) {
        this.server = server;
    }

    /// What a quick start has made or found.
    ///
    /// @param group the resource group of the disk's directory
    /// @param snapshots the resource group of the datastore
    record Protected(String group, String disk, String instance, String snapshots) {
        ApiPath path() {
            return ApiPath.of("backup-vaults", VAULT, "backup-instances", instance);
        }

        ApiPath path(String below) {
            return ApiPath.of("backup-vaults", VAULT, "backup-instances", instance, below);
        }
    }

    Protected of(DiskFile disk, Path datastore, Instant now) throws CommandFailed {
        String group = group("disksRoot", disk.directory(), directoryName(disk.directory()), "disks");
        String snapshots = group("datastore", datastore, "snapshots", "snapshots");
        makeIfAbsent(ApiPath.of("backup-vaults", VAULT), Json.object());
        makeIfAbsent(ApiPath.of("backup-vaults", VAULT, "backup-policies", POLICY), hourly(now));
        String name = disk(group, disk);
        return new Protected(group, name, instance(group, group + "/" + name, name, snapshots), snapshots);
    }

    /// So that the restore that is suggested works as it is.
    private void mayRestoreInto(String group) throws CommandFailed {
        server.post(
                ApiPath.of("role-assignments"),
                Json.object()
                        .put("principal", "vault:" + VAULT)
                        .put("role", "Disk Restore Operator")
                        .put("scope", "group:" + group));
    }

    private String group(String member, Path directory, String wish, String otherwise) throws CommandFailed {
        ObjectNode groups = server.list(ApiPath.of("resource-groups"), true);
        Optional<JsonNode> existing =
                find(groups, group -> Json.text(group, member).equals(directory.toString()));
        if (existing.isPresent()) return Json.text(existing.get(), "name");
        String name = DerivedName.of(wish, otherwise, names(groups));
        server.put(ApiPath.of("resource-groups", name), Json.object().put(member, directory.toString()));
        return name;
    }

    private String disk(String group, DiskFile disk) throws CommandFailed {
        ObjectNode disks = server.list(ApiPath.of("resource-groups", group, "disks"), true);
        Optional<JsonNode> existing =
                find(disks, known -> Json.text(known, "source").equals(disk.source()));
        if (existing.isPresent()) return Json.text(existing.get(), "name");
        String name = DerivedName.of(DerivedName.withoutExtension(disk.fileName()), "disk", names(disks));
        server.put(
                ApiPath.of("resource-groups", group, "disks", name),
                Json.object()
                        .put("source", disk.source())
                        .put("format", disk.format().text()));
        return name;
    }

    private String instance(String group, String disk, String wish, String snapshots) throws CommandFailed {
        ObjectNode instances = server.list(ApiPath.of("backup-vaults", VAULT, "backup-instances"), true);
        Optional<JsonNode> existing =
                find(instances, instance -> Json.text(instance, "disk").equals(disk));
        if (existing.isPresent()) return Json.text(existing.get(), "name");
        String name = DerivedName.of(wish, "disk", names(instances));
        mayRestoreInto(group);
        server.put(
                ApiPath.of("backup-vaults", VAULT, "backup-instances", name),
                Json.object()
                        .put("disk", disk)
                        .put("policy", POLICY)
                        .put("snapshotResourceGroup", snapshots)
                        .put("grantMissing", true));
        return name;
    }

    private void makeIfAbsent(ApiPath path, ObjectNode body) throws CommandFailed {
        if (server.find(path).isEmpty()) server.put(path, body);
    }

    /// Every full hour, each recovery point kept for a week.
    private static ObjectNode hourly(Instant now) {
        Instant nextHour = now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
        ObjectNode policy = Json.object();
        policy.putObject("schedule")
                .putArray("repeatingTimeIntervals")
                .add("R/" + nextHour.toString().replace("Z", "+00:00") + "/PT1H");
        policy.putArray("retention").addObject().put("tag", "Default").put("duration", "P7D");
        return policy;
    }

    private static Optional<JsonNode> find(ObjectNode list, Predicate<JsonNode> wanted) {
        for (JsonNode item : list.path("items")) {
            if (wanted.test(item)) return Optional.of(item);
        }
        return Optional.empty();
    }

    private static Set<String> names(ObjectNode list) {
        Set<String> names = new HashSet<>();
        list.path("items").forEach(item -> names.add(Json.text(item, "name")));
        return names;
    }

    /// The root directory has no name.
    private static String directoryName(Path directory) {
        return Optional.ofNullable(directory.getFileName()).map(Path::toString).orElse("");
    }
}
