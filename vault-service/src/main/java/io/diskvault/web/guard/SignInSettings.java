package io.diskvault.web.guard;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// How many wrong tokens are put up with.
///
/// @param failures how many one address may send before it has to wait, 1 to 1000000; each further one doubles the
///     wait, from a second to `longestWait`
/// @param failuresOverall how many all addresses together may send in a minute, 1 to 1000000; beyond it an address has
///     to wait from its first on
/// @param longestWait 1s to 1h
@ConfigurationProperties("diskvault.sign-in")
public record SignInSettings(
        @Bindable(defaultValue = "5") int failures,
        @Bindable(defaultValue = "600") int failuresOverall,
        @Bindable(defaultValue = "1m") Duration longestWait) {
    private static final int MOST = 1_000_000;

    public SignInSettings {
        require(failures >= 1 && failures <= MOST, "failures", failures, "1 to 1000000");
        require(failuresOverall >= 1 && failuresOverall <= MOST, "failures-overall", failuresOverall, "1 to 1000000");
        require(
                longestWait.compareTo(Duration.ofSeconds(1)) >= 0 && longestWait.compareTo(Duration.ofHours(1)) <= 0,
                "longest-wait",
                longestWait,
                "1s to 1h");
    }

    private static void require(boolean condition, String name, Object value, String allowed) {
        if (!condition) {
            throw new IllegalArgumentException(
                    "diskvault.sign-in.%s is %s; %s is allowed".formatted(name, value, allowed));
        }
    }
}
