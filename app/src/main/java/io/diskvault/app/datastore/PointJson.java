package io.diskvault.app.datastore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.console.Json;
import io.diskvault.engine.datastore.RecoveryPoint;
import io.diskvault.engine.datastore.RecoveryPointId;
import java.util.List;

/// Recovery points as scripts read them: the members have the names that they have in the REST contract.
final class PointJson {
    private PointJson() {}

    static ObjectNode of(RecoveryPoint point) {
        return Json.object()
                .put("id", point.id().value())
                .put("disk", point.disk())
                .put("snapshotTime", point.snapshotTime().toString())
                .put("parent", point.parent().map(RecoveryPointId::value).orElse(null))
                .put("logicalBytes", point.logicalBytes())
                .put("usedBytes", point.usedBytes())
                .put("changedBytes", point.changedBytes())
                .put("storedBytes", point.storedBytes())
                .put("sourceChangedWhileRead", point.sourceChangedWhileRead());
    }

    static ObjectNode list(List<RecoveryPoint> points) {
        ObjectNode list = Json.object();
        ArrayNode items = list.putArray("items");
        points.forEach(point -> items.add(of(point)));
        return list;
    }
}
