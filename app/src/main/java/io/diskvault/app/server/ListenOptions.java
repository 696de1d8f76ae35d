package io.diskvault.app.server;

import io.diskvault.app.console.CommandFailed;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/// Where a server keeps its data and where it listens.
public final class ListenOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:DISKVAULT_DATA:-./diskvault-data}",
            description = "Where the server keeps its database and keys; else DISKVAULT_DATA, else ./diskvault-data.")
    private Path data = Path.of("diskvault-data");

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "${env:DISKVAULT_PORT:-8080}",
            description = "The port to listen on; 0 takes a free one. Else DISKVAULT_PORT, else 8080.")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "${env:DISKVAULT_HOST:-127.0.0.1}",
            description = "The address to listen on; else DISKVAULT_HOST, else 127.0.0.1. Others need TLS: see"
                    + " diskvault.tls.certificate in the README.")
    private String host = "127.0.0.1";

    public DataDirectory takeData() throws CommandFailed {
        return DataDirectory.take(data);
    }

    public RunningServer start(DataDirectory directory, List<Path> allowed) throws CommandFailed {
        return RunningServer.start(directory, host, port, allowed);
    }
}
