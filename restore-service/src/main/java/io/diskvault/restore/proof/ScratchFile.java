package io.diskvault.restore.proof;

import io.diskvault.job.JobId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The files of restore tests in a directory of disks: hidden, and each with its job in its name, so that those that
/// nobody needs any more are known. An attempt has files of its own: one that only seemed dead may still write.
final class ScratchFile {
    private static final String PREFIX = ".diskvault-restore-test-";
    private static final Pattern NAME =
            Pattern.compile("\\.*diskvault-restore-test-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-.*");

    private ScratchFile() {}

    /// @param purpose what it is for, such as `copy`
    static Path of(Path directory, JobId job, int attempt, String purpose) {
        return directory.resolve(PREFIX + job.text() + "-" + attempt + "-" + purpose);
    }

    /// Removes the files of jobs.
    ///
    /// @return how many there were
    static int remove(Path directory, Predicate<JobId> jobs) throws IOException {
        return removeFiles(directory, file -> jobOf(file).filter(jobs).isPresent());
    }

    /// Removes the files of one attempt.
    static void removeOf(Path directory, JobId job, int attempt) throws IOException {
        String own = PREFIX + job.text() + "-" + attempt + "-";
        removeFiles(directory, file -> file.getFileName().toString().contains(own));
    }

    private static int removeFiles(Path directory, DirectoryStream.Filter<Path> which) throws IOException {
        int removed = 0;
        try (DirectoryStream<Path> hidden = Files.newDirectoryStream(directory, which)) {
            for (Path file : hidden) {
                if (Files.deleteIfExists(file)) {
                    removed++;
                }
            }
        }
        return removed;
    }

    private static Optional<JobId> jobOf(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches() ? Optional.of(new JobId(UUID.fromString(name.group(1)))) : Optional.empty();
    }
}
