package io.diskvault.files;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// How files are read out of recovery points.
///
/// @param python the Python interpreter that has pytsk3. Without it, those at the usual places are tried
/// @param points how many recovery points may be open at once, 1 to 100. Each takes about 50 MiB of memory, and
///     more while it lists folders of hundreds of thousands of files
/// @param downloads how many files and folders are sent at once, 1 to 1000
/// @param idle how long a recovery point stays open after the last request, 1 second to 1 hour. Until then nothing
///     of it can be collected
/// @param patience how long one step may take, 1 second to 1 hour. A damaged file system can keep a reader busy for
///     ever; a large one of Windows on a slow disk takes minutes at the first look
@ConfigurationProperties("diskvault.files")
public record FilesSettings(
        Optional<Path> python,
        @Bindable(defaultValue = "4") int points,
        @Bindable(defaultValue = "8") int downloads,
        @Bindable(defaultValue = "1m") Duration idle,
        @Bindable(defaultValue = "5m") Duration patience) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    public FilesSettings {
        requireWithin("points", points, 100);
        requireWithin("downloads", downloads, 1000);
        requireWithin("idle", idle);
        requireWithin("patience", patience);
    }

    private static void requireWithin(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(
                    "diskvault.files.%s is %d; 1 to %d is allowed".formatted(name, value, most));
        }
    }

    private static void requireWithin(String name, Duration value) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("diskvault.files.%s is %s; 1s to 1h is allowed".formatted(name, value));
        }
    }
}
