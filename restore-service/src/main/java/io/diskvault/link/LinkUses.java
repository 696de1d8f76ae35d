package io.diskvault.link;

import io.diskvault.access.Callers;
import io.diskvault.command.Commands;
import io.diskvault.link.LinkCommand.UseLink;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Has the uses of links recorded: the first from each address, and one an hour after that. What was recorded lately is
/// remembered here, so that a download in many ranges asks its link once.
@Singleton
public class LinkUses {
    private static final int REMEMBERED_MAX = 10_000;

    private final Commands commands;
    private final Clock clock;
    private final Map<Use, Instant> recorded = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Use, Instant> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

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
        Use use = new Use(link, address);
        Instant now = clock.instant();
        if (isDue(use, now)) {
            Callers.asHolder(link.toString(), address, () -> commands.send(new UseLink(link, address, now)));
            remember(use, now);
        }
    }

    private synchronized boolean isDue(Use use, Instant now) {
        Instant last = recorded.get(use);
        return last == null || now.isBefore(last) || !now.isBefore(last.plus(PointLink.USE_RESOLUTION));
    }

    private synchronized void remember(Use use, Instant now) {
        recorded.remove(use);
        recorded.put(use, now);
    }
}
