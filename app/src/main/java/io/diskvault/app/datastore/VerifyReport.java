package io.diskvault.app.datastore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.console.ByteSize;
import io.diskvault.app.console.Json;
import io.diskvault.engine.verify.AffectedPoint;
import io.diskvault.engine.verify.ByteRange;
import io.diskvault.engine.verify.Finding;
import io.diskvault.engine.verify.VerifyOptions.Depth;
import io.diskvault.engine.verify.VerifyResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A verification's result, for people and for scripts.
///
/// @param datastore what people call it
record VerifyReport(VerifyResult result, Path datastore) {
    private static final int POINTS_MAX = 20;
    private static final int RANGES_MAX = 8;

    /// Whether nothing was found but what is harmless.
    boolean isFine() {
        return result.pointsAreWhole()
                && result.notRecorded().isEmpty()
                && result.findings().stream()
                        .allMatch(finding -> advice(finding).isHarmless());
    }

    private FindingAdvice advice(Finding finding) {
        return new FindingAdvice(finding, datastore);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Recovery points  " + result.points());
        lines.add("Packs            " + result.packs());
        lines.add("Chunks           " + result.chunks() + ", "
                + (full() ? result.openedChunks() + " of them needed and opened" : "none of them opened"));
        lines.add("Read             " + ByteSize.of(result.checkedBytes()));
        for (Finding finding : result.findings()) {
            addTo(lines, finding);
        }
        lines.add("");
        result.notRecorded()
                .ifPresent(why -> lines.add(why + " Until they can be, the next backup may count on what is damaged."));
        lines.add(verdict());
        return lines;
    }

    /// Claims no more than was looked at.
    private String verdict() {
        int affected = result.affected().size();
        if (affected == 1) return "1 recovery point cannot be restored whole.";
        if (affected > 1) return affected + " recovery points cannot be restored whole.";
        return (result.isClean() ? "Nothing wrong was found. " : "")
                + (full()
                        ? "Every recovery point can be restored whole."
                        : "Of every recovery point everything is there; the content of disks was not read.");
    }

    private boolean full() {
        return result.depth() == Depth.FULL;
    }

    private void addTo(List<String> lines, Finding finding) {
        FindingAdvice advice = advice(finding);
        lines.add("");
        lines.add(heading(finding.kind()) + (advice.isHarmless() ? " but harmless  " : "  ") + finding.file());
        lines.add("  " + finding.what());
        finding.affected().stream().limit(POINTS_MAX).forEach(point -> lines.add("  " + text(point)));
        if (finding.affected().size() > POINTS_MAX) {
            lines.add(
                    "  and " + (finding.affected().size() - POINTS_MAX) + " more recovery points, which --json lists");
        }
        if (finding.abridged()) {
            lines.add("  and more: so much is damaged that not everything is listed here.");
        }
        advice.text().ifPresent(text -> lines.add("  " + text));
    }

    private static String text(AffectedPoint point) {
        String name = point.disk() + " " + point.id();
        if (point.isWhole()) return name + "  nothing of it can be restored";
        String ranges = point.ranges().stream()
                .limit(RANGES_MAX)
                .map(ByteRange::toString)
                .collect(Collectors.joining(", "));
        long more = point.ranges().size()
                + point.moreRanges()
                - Math.min(RANGES_MAX, point.ranges().size());
        return name + "  " + ByteSize.of(point.bytes()) + " of its disk: bytes " + ranges
                + (more > 0 ? ", and " + more + " more parts" : "");
    }

    private static String heading(Finding.Kind kind) {
        return switch (kind) {
            case MISSING -> "Missing";
            case DAMAGED -> "Damaged";
            case MISPLACED -> "Misplaced";
            case UNREADABLE -> "Unreadable";
            case OTHER_VERSION -> "Of another version";
        };
    }

    ObjectNode json() {
        ObjectNode json = Json.object()
                .put("depth", full() ? "full" : "structure")
                .put("points", result.points())
                .put("packs", result.packs())
                .put("chunks", result.chunks())
                .put("openedChunks", result.openedChunks())
                .put("checkedBytes", result.checkedBytes())
                .put("unindexedPacks", result.unindexedPacks())
                .put("fine", isFine());
        ArrayNode findings = json.putArray("findings");
        result.findings().forEach(finding -> findings.add(json(finding)));
        json.set("affected", json(result.affected()));
        return json.put("notRecorded", result.notRecorded().orElse(null));
    }

    private ObjectNode json(Finding finding) {
        FindingAdvice advice = advice(finding);
        ObjectNode json = Json.object()
                .put("kind", name(finding.kind()))
                .put("file", finding.file())
                .put("what", finding.what())
                .put("harmless", advice.isHarmless())
                .put("recommendedAction", advice.text().orElse(null));
        json.set("affected", json(finding.affected()));
        return json.put("abridged", finding.abridged());
    }

    private static String name(Finding.Kind kind) {
        return switch (kind) {
            case MISSING -> "missing";
            case DAMAGED -> "damaged";
            case MISPLACED -> "misplaced";
            case UNREADABLE -> "unreadable";
            case OTHER_VERSION -> "otherVersion";
        };
    }

    private static ArrayNode json(List<AffectedPoint> points) {
        ArrayNode list = Json.object().putArray("items");
        for (AffectedPoint point : points) {
            ObjectNode item = list.addObject()
                    .put("disk", point.disk())
                    .put("id", point.id())
                    .put("entirely", point.isWhole())
                    .put("bytes", point.bytes());
            ArrayNode ranges = item.putArray("ranges");
            point.ranges()
                    .forEach(range ->
                            ranges.addObject().put("start", range.start()).put("end", range.end()));
            item.put("moreRanges", point.moreRanges());
        }
        return list;
    }
}
