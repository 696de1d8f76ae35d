package io.diskvault.web.guard;

import static io.diskvault.web.guard.OpenConnections.Verdict.ADMITTED;
import static io.diskvault.web.guard.OpenConnections.Verdict.TOO_MANY;
import static io.diskvault.web.guard.OpenConnections.Verdict.TOO_MANY_OF_ONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer.ChannelRole;
import io.micronaut.json.JsonMapper;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Connections of one client, and of many.
final class OpenConnectionsTest {
    private static final int OF_ONE = 10;
    private static final int IN_ALL = 25;
    private static final HttpLimits LIMITS =
            new HttpLimits(4096, 4096, 4096, Duration.ofSeconds(1), Duration.ofSeconds(1), IN_ALL, OF_ONE);
    private static final InetAddress HERE = address("192.0.2.1");
    private static final InetAddress THERE = address("192.0.2.2");

    private final OpenConnections connections = new OpenConnections(LIMITS);

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException noAddress) {
            throw new IllegalArgumentException(noAddress);
        }
    }

    private void open(InetAddress address, int count) {
        for (int i = 0; i < count; i++) {
            assertEquals(ADMITTED, connections.open(address));
        }
    }

    @Test
    void oneAddressTakesNoMoreThanItsShare() {
        open(HERE, OF_ONE);
        assertEquals(TOO_MANY_OF_ONE, connections.open(HERE));
        open(THERE, OF_ONE);
    }

    @Test
    void allTogetherTakeNoMoreThanThereIs() {
        open(HERE, OF_ONE);
        open(THERE, OF_ONE);
        open(address("192.0.2.3"), IN_ALL - 2 * OF_ONE);
        assertEquals(TOO_MANY, connections.open(address("192.0.2.4")));
    }

    @Test
    void aPlaceIsFreeAgainWhenItsConnectionEnds() {
        open(HERE, OF_ONE);
        connections.close(HERE);
        open(HERE, 1);
        assertEquals(TOO_MANY_OF_ONE, connections.open(HERE));
        for (int i = 0; i <= OF_ONE; i++) {
            connections.close(HERE);
        }
        assertEquals(0, connections.addresses());
        open(HERE, OF_ONE);
    }

    @Test
    void aNetworkOfIpv6IsOneAddress() {
        for (int i = 0; i < OF_ONE; i++) {
            open(address("2001:db8::" + i), 1);
        }
        assertEquals(TOO_MANY_OF_ONE, connections.open(address("2001:db8::ffff")));
        open(address("2001:db8:0:1::1"), 1);
    }

    @Test
    void loopbackHasOnlyTheLimitOfAll() {
        open(address("127.0.0.1"), OF_ONE + 1);
        open(address("::1"), OF_ONE + 1);
    }

    @Test
    void whatIsTooManyIsClosedAndItsPlaceFree() {
        NettyServerCustomizer server =
                new GuardedConnections(LIMITS, new EarlyAnswer(JsonMapper.createDefault())).connections();
        List<EmbeddedChannel> open = new ArrayList<>();
        for (int i = 0; i < OF_ONE; i++) {
            open.add(connect(server, HERE));
        }
        assertTrue(open.stream().allMatch(EmbeddedChannel::isOpen));
        assertFalse(connect(server, HERE).isOpen());
        assertTrue(connect(server, THERE).isOpen());

        ChannelFuture _ = open.getFirst().close();

        assertTrue(connect(server, HERE).isOpen());
        assertFalse(connect(server, HERE).isOpen());
    }

    private static EmbeddedChannel connect(NettyServerCustomizer server, InetAddress address) {
        EmbeddedChannel channel = new EmbeddedChannel() {
            @Override
            protected SocketAddress remoteAddress0() {
                return new InetSocketAddress(address, 50_000);
            }
        };
        server.specializeForChannel(channel, ChannelRole.CONNECTION).onInitialPipelineBuilt();
        channel.runPendingTasks();
        return channel;
    }
}
