package io.diskvault.link;

import io.diskvault.engine.nbd.Export;
import java.util.Optional;

/// Disks that whoever knows their secret gets over the [NbdPort].
public interface SecretDisks {
    /// The disk that a secret opens; empty if it opens none here, or not any more.
    ///
    /// @throws java.io.UncheckedIOException if it cannot be read
    Optional<Export> bySecret(String secret);
}
