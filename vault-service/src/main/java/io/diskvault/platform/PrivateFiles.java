package io.diskvault.platform;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Value;
import io.micronaut.context.exceptions.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the modes of what must stay secret when the server starts.
///
/// What the server made itself, the data directory and the keys in it, is closed for others if somebody has opened it.
/// What was given to it, a key of TLS or a passphrase, it does not change: others must not be able to read it, and its
/// group not to write it, or the server does not start. Its group may read it: containers and services are given their
/// secrets that way.
@Context
final class PrivateFiles {
    private static final Logger LOG = LoggerFactory.getLogger(PrivateFiles.class);

    private static final Set<PosixFilePermission> OWNERS_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> GIVEN = PosixFilePermissions.fromString("rwxr-x---");

    PrivateFiles(
            @Value("${diskvault.data}") Path data,
            @Value("${diskvault.datastore-passphrase-file:}") String passphrase,
            @Value("${diskvault.tls.key:}") String tlsKey) {
        try {
            if (Files.isDirectory(data)) {
                close(data);
                for (Path secret : secretsIn(data)) {
                    close(secret);
                }
            }
            for (String given : List.of(passphrase, tlsKey)) {
                if (!given.isEmpty() && Files.exists(Path.of(given))) {
                    check(Path.of(given));
                }
            }
        } catch (IOException failure) {
            throw new ConfigurationException("The modes of the server's files cannot be read: " + failure);
        }
    }

    private static List<Path> secretsIn(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            return files.filter(file -> file.toString().endsWith(".key")).toList();
        }
    }

    private static void close(Path path) throws IOException {
        Set<PosixFilePermission> before = Files.getPosixFilePermissions(path);
        Set<PosixFilePermission> after = EnumSet.noneOf(PosixFilePermission.class);
        after.addAll(before);
        after.retainAll(OWNERS_ONLY);
        if (after.equals(before)) {
            return;
        }
        try {
            Files.setPosixFilePermissions(path, after);
        } catch (IOException failure) {
            throw new ConfigurationException(
                    "%s is open to other users of this machine (%s) and this user cannot close it. Run: chmod go= %s"
                            .formatted(path, PosixFilePermissions.toString(before), path));
        }
        LOG.warn(
                "{} was open to other users of this machine ({}); it is closed now. Think about what they may have read.",
                path,
                PosixFilePermissions.toString(before));
    }

    private static void check(Path path) throws IOException {
        Set<PosixFilePermission> modes = Files.getPosixFilePermissions(path);
        if (!GIVEN.containsAll(modes)) {
            throw new ConfigurationException(
                    "%s holds a secret and is open to other users of this machine (%s). Run: chmod o=,g-w %s"
                            .formatted(path, PosixFilePermissions.toString(modes), path));
        }
    }
}
