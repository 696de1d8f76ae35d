package io.diskvault.app.console;

import picocli.CommandLine.Option;

/// What every command takes.
public final class JsonOption {
    @Option(names = "--json", description = "Print one machine-readable object on standard output.")
    private boolean json;

    public boolean asked() {
        return json;
    }
}
