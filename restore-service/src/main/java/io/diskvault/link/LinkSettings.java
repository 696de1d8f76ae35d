package io.diskvault.link;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.Optional;

/// What links to recovery points may be.
///
/// @param longestValidity how long a link may be valid at most, 1 minute to 30 days. A link is a key that nobody can
///     take out of a mailbox again
/// @param transfers how many downloads this node serves at once, 1 to 1000. Each takes about 25 MiB of memory and a
///     place at the datastore's disk; an attached disk counts as one
/// @param nbdPort where this node serves disks over NBD, on the loopback address: 1 to 65535, or 0 for any that is
///     free. Without it there are no links of that kind
@ConfigurationProperties("diskvault.links")
public record LinkSettings(
        @Bindable(defaultValue = "24h") Duration longestValidity,
        @Bindable(defaultValue = "8") int transfers,
        Optional<Integer> nbdPort) {
    public LinkSettings {
        if (longestValidity.compareTo(Duration.ofMinutes(1)) < 0
                || longestValidity.compareTo(Duration.ofDays(30)) > 0) {
            throw new IllegalArgumentException(
                    "diskvault.links.longest-validity is %s; 1m to 30d is allowed".formatted(longestValidity));
        }
        if (transfers < 1 || transfers > 1000) {
            throw new IllegalArgumentException(
                    "diskvault.links.transfers is %s; 1 to 1000 is allowed".formatted(transfers));
        }
        if (nbdPort.filter(port -> port < 0 || port > 65_535).isPresent()) {
            throw new IllegalArgumentException(
                    "diskvault.links.nbd-port is %s; 0 to 65535 is allowed".formatted(nbdPort.get()));
        }
    }
}
