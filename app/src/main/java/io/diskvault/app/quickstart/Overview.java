package io.diskvault.app.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.console.ByteSize;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Table;
import io.diskvault.app.console.Terminal;
import io.diskvault.app.quickstart.Protection.Protected;
import java.nio.file.Path;
import java.util.Optional;

/// What a person wants to know when the disk is protected.
///
/// @param administratorToken only after the first start
record Overview(
        DiskFile file,
        Protected disk,
        ObjectNode points,
        String nextSlot,
        String address,
        Optional<String> administratorToken,
        Path keyFile) {

    void print(Terminal terminal, boolean json) {
        if (json) terminal.print(toJson());
        else say(terminal);
    }

    private ObjectNode toJson() {
        ObjectNode overview = Json.object()
                .put("address", address)
                .put("administratorToken", administratorToken.orElse(null))
                .put("vault", Protection.VAULT)
                .put("instance", disk.instance())
                .put("policy", Protection.POLICY)
                .put("disk", disk.group() + "/" + disk.disk())
                .put("nextSlot", nextSlot.isEmpty() ? null : nextSlot)
                .put("keyFile", keyFile.toString());
        return overview.set("recoveryPoints", points.path("items"));
    }

    private void say(Terminal terminal) {
        String instance = Protection.VAULT + "/" + disk.instance();
        terminal.say(file.path() + " (" + ByteSize.of(file.sizeBytes()) + ") is backed up every hour as " + instance
                + "; recovery points are kept for 7 days.");
        terminal.say("");
        Table table = new Table("RECOVERY POINT", "SNAPSHOT TIME", "LOGICAL>", "CHANGED>", "STORED>");
        for (JsonNode point : points.path("items")) {
            table.add(
                    Json.text(point, "id"),
                    Json.text(point, "snapshotTime"),
                    ByteSize.of(point.path("logicalBytes").asLong()),
                    ByteSize.of(point.path("changedBytes").asLong()),
                    ByteSize.of(point.path("storedBytes").asLong()));
        }
        table.printTo(terminal, "No recovery points.");
        if (!Json.text(points, "nextCursor").isEmpty()) terminal.say("and older ones.");
        terminal.say("");
        terminal.say("Server       " + address + "   Ctrl-C stops it; the next start goes on.");
        terminal.say("Roles        The vault may read disk " + disk.group() + "/" + disk.disk()
                + ", keep snapshots in group " + disk.snapshots() + " and restore into group " + disk.group()
                + "; see diskvault role list.");
        if (!nextSlot.isEmpty()) terminal.say("Next backup  " + nextSlot);
        terminal.say("Key          " + keyFile + "   Keep a copy elsewhere: without it nothing can be restored.");
        terminal.say("");
        terminal.say("To restore, in another terminal:");
        terminal.say(
                "  export DISKVAULT_TOKEN=" + administratorToken.orElse("<the token that the first start printed>"));
        terminal.say("  " + terminal.variable("DISKVAULT_COMMAND").orElse("diskvault") + " restore " + instance
                + " --point latest --to " + disk.group() + "/" + restoredName());
    }

    private String restoredName() {
        String stem = disk.disk().length() > 41 ? disk.disk().substring(0, 41) : disk.disk();
        return stem + "-restored";
    }
}
