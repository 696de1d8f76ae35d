package io.diskvault.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.diskvault.audit.Finding.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Checks an export of the history against checkpoints, without the server and its database: a server that was taken
/// over can answer a verification as it likes, but not make an export that fits what was signed before.
///
/// It reads the export once and keeps little of it: a number for each stream, and the hashes that checkpoints name.
public final class OfflineAudit {
    private final List<PublicKey> trusted;
    private final List<Path> checkpoints;
    private final Findings findings = new Findings();

    private OfflineAudit(List<PublicKey> trusted, List<Path> checkpoints) {
        this.trusted = trusted;
        this.checkpoints = checkpoints;
    }

    /// Reads a key as the server gives it.
    ///
    /// @throws GeneralSecurityException if the text is no such key
    public static PublicKey parseKey(String pem) throws GeneralSecurityException {
        return PublicKeys.parse(pem);
    }

    /// @param exports the whole history, in one file or in several that follow each other
    /// @param trusted whose checkpoints count
    /// @param checkpoints datastores, or directories with checkpoints
    /// @throws IOException if one of the files cannot be read
    public static AuditReport check(List<Path> exports, List<PublicKey> trusted, List<Path> checkpoints)
            throws IOException {
        List<Path> directories =
                checkpoints.stream().map(OfflineAudit::directoryOf).toList();
        return new OfflineAudit(trusted, directories).check(exports);
    }

    private static Path directoryOf(Path given) {
        Path inside = given.resolve("audit");
        return Files.isDirectory(inside) ? inside : given;
    }

    private AuditReport check(List<Path> exports) throws IOException {
        ExportWalk walk = new ExportWalk(signedPositions(), findings);
        for (Path export : exports) {
            read(export, walk);
        }
        walk.end();
        CheckpointCheck signed = new CheckpointCheck(walk, trusted, findings);
        for (Path directory : checkpoints) {
            signed.checkDirectory(directory);
        }
        if (signed.newest().isEmpty()) {
            findings.add(Finding.of(
                    Kind.CHECKPOINTS_UNREADABLE,
                    "there is no checkpoint that counts, so nothing says where the history ends"));
        }
        return AuditReport.of(walk, signed, findings);
    }

    private Set<Long> signedPositions() throws IOException {
        Set<Long> positions = new HashSet<>();
        for (Path directory : checkpoints) {
            for (String name : CheckpointFiles.names(directory)) {
                Checkpoint.parse(CheckpointFiles.read(directory, name).text())
                        .ifPresent(checkpoint -> positions.add(checkpoint.events()));
            }
        }
        return positions;
    }

    private void read(Path export, ExportWalk walk) throws IOException {
        // One character for each byte: what is hashed must not go through any conversion.
        try (BufferedReader lines = Files.newBufferedReader(export, ISO_8859_1)) {
            long number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                try {
                    walk.add(ExportLine.read(line));
                } catch (IOException malformed) {
                    findings.add(Finding.of(
                            Kind.CHANGED, "line %d of %s is no event of an export".formatted(number, export)));
                }
                number++;
            }
        }
    }
}
