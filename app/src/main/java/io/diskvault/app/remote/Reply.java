package io.diskvault.app.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.client.ServerOptions;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Table;
import io.diskvault.app.console.Terminal;
import java.util.List;
import picocli.CommandLine.ExitCode;

/// Shows what the server answered: as it is with `--json`, else the part that people want to see.
final class Reply {
    private final Terminal terminal;
    private final boolean json;

    Reply(Terminal terminal, ServerOptions options) {
        this.terminal = terminal;
        this.json = options.json();
    }

    /// One sentence about a resource that was made or changed.
    int sentence(JsonNode body, String sentence) {
        if (json) terminal.print(body);
        else terminal.say(sentence);
        return ExitCode.OK;
    }

    int deleted(String what, String name) {
        ObjectNode body = Json.object().put("deleted", true).put("kind", what).put("name", name);
        return sentence(body, "Deleted " + what + " " + name + ".");
    }

    /// All columns of one resource, one below the other.
    int details(JsonNode body, List<Column> columns) {
        if (json) {
            terminal.print(body);
            return ExitCode.OK;
        }
        int width = columns.stream()
                .mapToInt(column -> column.name().length())
                .max()
                .orElse(0);
        for (Column column : columns) {
            String cell = column.cell().apply(body);
            terminal.say(String.format("%-" + width + "s  %s", column.name(), cell.isEmpty() ? "-" : cell));
        }
        return ExitCode.OK;
    }

    /// One line for each resource, once or again and again.
    int list(Listed listed, String nothing, List<Column> columns) throws CommandFailed {
        return listed.every().isEmpty()
                ? list(listed.fetch(), nothing, columns)
                : new Watch(terminal, json, listed.every().get())
                        .show(listed::fetch, list -> lines(list, nothing, columns));
    }

    /// One line for each resource.
    int list(ObjectNode list, String nothing, List<Column> columns) {
        if (json) {
            terminal.print(list);
            return ExitCode.OK;
        }
        lines(list, nothing, columns).forEach(terminal::say);
        if (!Json.text(list, "nextCursor").isEmpty()) terminal.note("There are more: --all lists every one.");
        return ExitCode.OK;
    }

    /// A table of the resources, or `nothing` if there are none.
    static List<String> lines(JsonNode list, String nothing, List<Column> columns) {
        if (list.path("items").isEmpty()) return List.of(nothing);
        Table table = new Table(columns.stream().map(Column::heading).toArray(String[]::new));
        for (JsonNode item : list.path("items")) {
            table.add(columns.stream().map(column -> column.cell().apply(item)).toArray(String[]::new));
        }
        return table.lines();
    }
}
