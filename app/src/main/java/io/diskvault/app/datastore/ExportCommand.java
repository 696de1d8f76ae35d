package io.diskvault.app.datastore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.console.ByteSize;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Terminal;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.RecoveryPoint;
import io.diskvault.engine.nbd.Export;
import io.diskvault.engine.nbd.NbdLimits;
import io.diskvault.engine.nbd.NbdServer;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A recovery point as a disk, without restoring it.
@Command(
        name = "export",
        description = "Serves a recovery point as an NBD disk, until Ctrl-C or SIGTERM. It can be attached, copied or"
                + " searched at once, whatever its size, and with --writable also be written to: the recovery point"
                + " itself stays as it is.")
final class ExportCommand implements Callable<Integer> {
    private static final int SECRET_BYTES = 16;

    private final Terminal terminal;

    @Mixin
    private DatastoreOptions options = new DatastoreOptions();

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "The disk's name.")
    private String name = "";

    @Option(names = "--point", required = true, paramLabel = "ID", description = "The recovery point, or latest.")
    private String id = "";

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            description = "The unix domain socket to make; only this user can connect to it.")
    private Optional<Path> socket = Optional.empty();

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Serve on this port of 127.0.0.1 instead, 0 for a free one, under a name that nobody can"
                    + " guess.")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--writable",
            paramLabel = "FILE",
            description = "Let clients write; what they write goes to this file. It is made if it is not there, and"
                    + " stays: with the same file it goes on, and datastore keep makes a recovery point of it.")
    private Optional<Path> writable = Optional.empty();

    @Option(names = "--discard", description = "Remove that file at the end, and with it all that was written.")
    private boolean discard;

    ExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        if (socket.isPresent() == port.isPresent()) {
            throw options.wrong("Give either --socket or --port.");
        }
        if (port.filter(number -> number < 0 || number > 65_535).isPresent()) {
            throw options.wrong("--port: 0 to 65535, not " + port.get() + ".");
        }
        if (discard && writable.isEmpty()) {
            throw options.wrong("--discard goes with --writable: nothing else is written to.");
        }
        try (UntilStopped until = new UntilStopped();
                Datastore datastore = options.open(terminal);
                ServedPoint served = ServedPoint.open(
                        datastore, PointChoice.find(terminal, datastore, name, id), writable, discard)) {
            try (Export export = new Export(exportName(), description(served.point()), served.disk());
                    NbdServer server = started(new OneExport(export, socket.isPresent()))) {
                FirstRead.of(served.disk(), socket, export.name());
                show(served, server.uri(export.name()).toString());
                until.await();
            }
            showChanges(served);
        }
        return ExitCode.OK;
    }

    private void showChanges(ServedPoint served) {
        if (served.changedBytes().isEmpty() || discard || options.json()) {
            return;
        }
        Path file = writable.orElseThrow();
        String changed = ByteSize.of(served.changedBytes().get());
        String key = options.keyFile().map(path -> " --key-file " + path).orElse("");
        terminal.say(file + " holds " + changed + " of changes. To keep them as a recovery point:");
        terminal.say("  diskvault datastore keep " + options.directory() + key + " --overlay " + file);
    }

    /// Everybody on this machine can reach a port, so there the name has to be a secret.
    private String exportName() {
        if (socket.isPresent()) return name;
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }

    private static String description(RecoveryPoint point) {
        return "recovery point " + point.id() + " of " + point.disk();
    }

    private NbdServer started(OneExport exports) throws CommandFailed, IOException {
        if (socket.isPresent()) return NbdServer.onSocket(socket.get(), exports, NbdLimits.DEFAULT);
        try {
            return NbdServer.onLoopback(port.orElseThrow(), exports, NbdLimits.DEFAULT);
        } catch (BindException refused) {
            throw new CommandFailed(
                    "PortUnavailable",
                    "127.0.0.1:" + port.orElseThrow() + " cannot be listened on (" + refused.getMessage() + ").",
                    "Stop what listens there, or choose another port with --port.");
        }
    }

    private void show(ServedPoint served, String uri) {
        RecoveryPoint point = served.point();
        if (options.json()) {
            ObjectNode json = PointJson.of(point).put("uri", uri);
            json.put(
                    "socket",
                    socket.map(path -> path.toAbsolutePath().toString()).orElse(null));
            json.put(
                    "writable",
                    writable.map(path -> path.toAbsolutePath().toString()).orElse(null));
            terminal.print(json);
            return;
        }
        terminal.say("Serving " + description(point) + ", " + ByteSize.of(point.logicalBytes())
                + (writable.isPresent() ? ", writable" : ", read-only") + ". Ctrl-C ends it.");
        terminal.say("  " + uri);
        if (served.changedBytes().filter(changed -> changed > 0).isPresent()) {
            terminal.say("With " + ByteSize.of(served.changedBytes().get()) + " of changes from before.");
        }
        if (port.isPresent()) {
            terminal.say("Everybody on this machine who knows this address can read "
                    + (writable.isPresent() ? "and write the disk." : "the disk."));
        }
    }
}
