package io.diskvault.app.remote;

import io.diskvault.app.client.ApiPath;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How something was at an instant, instead of how it is.
public final class AsOfOption {
    @Option(
            names = "--as-of",
            paramLabel = "INSTANT",
            description = "How it was then, from the history: 2026-11-21T12:00:00Z.")
    private Optional<String> instant = Optional.empty();

    ApiPath in(ApiPath path) {
        return path.with("asOf", instant);
    }
}
