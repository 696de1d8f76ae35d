package io.diskvault.app.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.app.client.ServerOptions;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Table;
import io.diskvault.app.console.Terminal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ExitCode;

/// A forecast as people read it: a calendar with one line for each day that has points, newest first.
final class ForecastReply {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE uuuu-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private final Terminal terminal;
    private final ServerOptions options;

    ForecastReply(Terminal terminal, ServerOptions options) {
        this.terminal = terminal;
        this.options = options;
    }

    /// @param zone whose days they are
    int print(JsonNode forecast, ZoneId zone) {
        if (options.json()) {
            terminal.print(forecast);
            return ExitCode.OK;
        }
        Map<LocalDate, List<String>> days = new LinkedHashMap<>();
        for (JsonNode point : forecast.path("points")) {
            ZonedDateTime at = Instant.parse(Json.text(point, "snapshotTime")).atZone(zone);
            days.computeIfAbsent(at.toLocalDate(), _ -> new ArrayList<>()).addFirst(cell(point, at));
        }
        terminal.say(forecast.path("livePoints").asInt() + " recovery points at the end of "
                + DAY.format(Instant.parse(Json.text(forecast, "at")).atZone(zone)) + " (" + zone
                + "); never more than "
                + Json.text(forecast, "peak/livePoints") + ".");
        Table table = new Table("DAY", "RECOVERY POINTS");
        days.forEach((day, points) -> table.add(DAY.format(day), String.join("  ", points)));
        table.printTo(terminal, "Nothing will be there.");
        return ExitCode.OK;
    }

    /// A time with its tag, if that is not the usual one; a star for what is there already.
    private static String cell(JsonNode point, ZonedDateTime at) {
        String tag = Json.text(point, "retentionTag");
        return TIME.format(at)
                + (Json.text(point, "recoveryPoint").isEmpty() ? "" : "*")
                + (tag.equals(KeepRule.DEFAULT) ? "" : " " + tag);
    }
}
