package io.diskvault.engine.datastore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What key files and files with passphrases have in common.
final class SecretFile {

    private static final Logger LOG = LoggerFactory.getLogger(SecretFile.class);
    private static final Set<PosixFilePermission> OF_OTHERS =
            EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    private SecretFile() {}

    /// Logs a warning and goes on: containers are given their secrets with permissions of their own, and a restore
    /// must not fail for it.
    static void warnIfOthersMayRead(Path file) throws IOException {
        // Pipes and terminals have permissions of another meaning.
        if (!Files.isRegularFile(file)) {
            return;
        }
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null && !Collections.disjoint(view.readAttributes().permissions(), OF_OTHERS)) {
            LOG.warn("{} can be read by other users. Let only its owner read it: chmod 600 {}", file, file);
        }
    }
}
