package io.diskvault.web.guard;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/// How many connections are open, in all and from each address. What is remembered about an address goes with its last
/// connection.
final class OpenConnections {
    private final int most;
    private final int mostOfOne;
    private final Map<String, Integer> ofOne = new HashMap<>();
    private int all;

    OpenConnections(HttpLimits limits) {
        this.most = limits.connections();
        this.mostOfOne = limits.connectionsPerAddress();
    }

    enum Verdict {
        ADMITTED,
        TOO_MANY,
        TOO_MANY_OF_ONE
    }

    /// Counts a connection, admitted or not, until [#close].
    synchronized Verdict open(InetAddress address) {
        all++;
        int sameAddress = ofOne.merge(ClientNetwork.of(address), 1, Integer::sum);
        if (all > most) {
            return Verdict.TOO_MANY;
        }
        // On loopback are the machine's own programs, and a proxy with all its clients.
        return sameAddress > mostOfOne && !address.isLoopbackAddress() ? Verdict.TOO_MANY_OF_ONE : Verdict.ADMITTED;
    }

    synchronized void close(InetAddress address) {
        all--;
        ofOne.computeIfPresent(ClientNetwork.of(address), (_, count) -> count > 1 ? count - 1 : null);
    }

    /// From how many addresses there are connections.
    synchronized int addresses() {
        return ofOne.size();
    }
}
