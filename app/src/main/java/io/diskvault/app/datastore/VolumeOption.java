package io.diskvault.app.datastore;

import java.util.Optional;
import picocli.CommandLine.Option;

/// Which volume of a disk is meant.
public final class VolumeOption {
    @Option(names = "--volume", paramLabel = "N", description = "Which one; not needed if only one can be read.")
    private Optional<Integer> number = Optional.empty();

    Optional<Integer> value() {
        return number;
    }
}
