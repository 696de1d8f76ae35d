package io.diskvault.restoretest;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.nio.file.Path;
import java.util.Optional;

/// How restore tests are made.
///
/// @param scripts the directory with the scripts that plans may name; none may be named unless it is set. Whoever can
///     write there can run programs as the server, so it belongs to the server's administrator alone
@ConfigurationProperties("diskvault.restore-tests")
public record RestoreTestSettings(Optional<Path> scripts) {}
