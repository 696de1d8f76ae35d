package io.diskvault.restoretest;

import io.diskvault.command.GeneralRejection;
import io.diskvault.resourcegroup.ResourceGroupId;
import java.time.Duration;
import java.util.Optional;

/// What one restore test does, beside comparing every byte with the manifest, which it always does.
///
/// @param scratchGroup in whose directory of disks the copy is made
/// @param fileSystem whether the file systems in it are checked
/// @param script the server's script that is run on it
/// @param checkTimeLimit how long each check may take
public record TestTerms(
        ResourceGroupId scratchGroup, boolean fileSystem, Optional<String> script, Duration checkTimeLimit) {
    /// What counts where nobody said.
    public static final Duration CHECK_TIME_LIMIT = Duration.ofMinutes(10);

    private static final Duration LIMIT_MIN = Duration.ofSeconds(1);
    private static final Duration LIMIT_MAX = Duration.ofHours(24);

    public TestTerms {
        if (checkTimeLimit.compareTo(LIMIT_MIN) < 0 || checkTimeLimit.compareTo(LIMIT_MAX) > 0) {
            throw GeneralRejection.invalid("checkTimeLimit is %s; PT1S to PT24H is allowed.".formatted(checkTimeLimit));
        }
    }

    /// With nothing asked for but what is always done and what the server can find out by itself.
    public static TestTerms usual(ResourceGroupId scratchGroup) {
        return new TestTerms(scratchGroup, true, Optional.empty(), CHECK_TIME_LIMIT);
    }
}
