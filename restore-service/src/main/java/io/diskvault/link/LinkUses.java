package io.diskvault.link;

import io.diskvault.access.Callers;
import io.diskvault.access.RecentUses;
import io.diskvault.command.Commands;
import io.diskvault.link.LinkCommand.UseLink;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;

/// Has the uses of links recorded: the first from each address, and one an hour after that. What was recorded lately is
/// remembered here, so that a download in many ranges asks its link once.
@Singleton
public class LinkUses {
    private final Commands commands;
    private final Clock clock;
    private final RecentUses<Use> recent = new RecentUses<>(PointLink.USE_RESOLUTION);

    private record Use(LinkId link, String address) {}

    LinkUses(Commands commands, Clock clock) {
        this.commands = commands;
        this.clock = clock;
    }

    /// Somebody uses a link.
    ///
    /// @param address from where
    /// @throws io.diskvault.command.CommandRejected if the link does not count any more, or has got around
    public void record(LinkId link, String address) {
        Instant now = clock.instant();
        recent.record(
                new Use(link, address),
                now,
                () -> Callers.asHolder(link.toString(), address, () -> commands.send(new UseLink(link, address, now))));
    }
}
