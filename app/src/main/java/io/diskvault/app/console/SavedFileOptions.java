package io.diskvault.app.console;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Where a file or folder of a recovery point goes, with a server and without one.
public final class SavedFileOptions {
    @Option(
            names = "--to",
            required = true,
            paramLabel = "FILE",
            description = "Where it goes, or - for standard output.")
    private Path target = Path.of("-");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "How a folder is packed: tar (unless said otherwise), or zip: without links.")
    private Optional<String> format = Optional.empty();

    @Option(names = "--overwrite", description = "Replace what is there.")
    private boolean overwrite;

    public SavedFile file(Terminal terminal) {
        return new SavedFile(terminal, target, overwrite);
    }

    public Path target() {
        return target;
    }

    /// How a folder is packed; empty if nothing was said.
    public Optional<String> format() {
        return format;
    }
}
