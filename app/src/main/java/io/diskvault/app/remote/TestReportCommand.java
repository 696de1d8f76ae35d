package io.diskvault.app.remote;

import static io.diskvault.app.remote.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.app.client.ApiPath;
import io.diskvault.app.client.ServerOptions;
import io.diskvault.app.console.ByteSize;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// What was proven restorable in a vault, when, and in what time.
@Command(
        name = "test-report",
        description =
                "Lists of every instance of a vault when it was last proven that it can be restored, in what time,"
                        + " and what is overdue.")
final class TestReportCommand implements Callable<Integer> {
    private static final List<Column> COLUMNS = List.of(
            text("INSTANCE", "instance"),
            text("DISK", "disk"),
            text("LAST PROOF", "lastProof/provenTime"),
            text("RECOVERY POINT", "lastProof/recoveryPoint"),
            text("SECONDS>", "lastProof/seconds"),
            new Column("SPEED>", TestReportCommand::speed),
            text("DAYS AGO>", "unprovenDays"),
            text("LAST TEST", "lastTest/outcome"),
            text("NEXT TEST", "nextTest"),
            new Column("OVERDUE", line -> line.path("proofOverdue").asBoolean() ? "yes" : ""));

    private final Terminal terminal;

    @Mixin
    private ServerOptions options = new ServerOptions();

    @Mixin
    private ListOptions page = new ListOptions();

    @Parameters(paramLabel = "VAULT")
    private String vault = "";

    TestReportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    static String speed(JsonNode line) {
        String speed = Json.text(line, "lastProof/bytesPerSecond");
        return speed.isEmpty() ? "" : ByteSize.of(Long.parseLong(speed)) + "/s";
    }

    @Override
    public Integer call() throws CommandFailed {
        return new Reply(terminal, options)
                .list(
                        page.of(options.connect(terminal), ApiPath.of("backup-vaults", vault, "restore-test-report")),
                        "Nothing is protected in this vault yet.",
                        COLUMNS);
    }
}
