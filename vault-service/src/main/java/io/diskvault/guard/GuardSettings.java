package io.diskvault.guard;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// How resource guards work.
///
/// @param requestValidity how long a request can be approved; 1 minute to 30 days
/// @param approvalValidity how long an approval can be used; 1 minute to 7 days. Long enough to do it, and no longer:
///     circumstances change
/// @param enforced whether guards are asked at all. Only to be switched off, for one start, when all who could
///     approve are gone; whoever can do that owns the machine
@ConfigurationProperties("diskvault.guard")
public record GuardSettings(
        @Bindable(defaultValue = "24h") Duration requestValidity,
        @Bindable(defaultValue = "4h") Duration approvalValidity,
        @Bindable(defaultValue = "true") boolean enforced) {
    private static final Duration MIN = Duration.ofMinutes(1);

    public GuardSettings {
        check("request-validity", requestValidity, Duration.ofDays(30));
        check("approval-validity", approvalValidity, Duration.ofDays(7));
    }

    private static void check(String name, Duration value, Duration max) {
        if (value.compareTo(MIN) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    "diskvault.guard.%s is %s; 1 minute to %d days is allowed".formatted(name, value, max.toDays()));
        }
    }
}
