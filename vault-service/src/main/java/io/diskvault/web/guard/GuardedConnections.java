package io.diskvault.web.guard;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts a [RequestGuard] into every connection, and closes at once what is more connections than there may be.
@Singleton
final class GuardedConnections implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedConnections.class);

    private final HttpLimits limits;
    private final EarlyAnswer answer;
    private final OpenConnections open;
    private final AtomicLong closed = new AtomicLong();

    GuardedConnections(HttpLimits limits, EarlyAnswer answer) {
        this.limits = limits;
        this.answer = answer;
        this.open = new OpenConnections(limits);
    }

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        event.getBean().register(connections());
        return event.getBean();
    }

    NettyServerCustomizer connections() {
        return new Connections();
    }

    /// Only now and then, or the log would be the next thing to overflow.
    private void tellOfClosed(OpenConnections.Verdict verdict, InetAddress address) {
        long count = closed.incrementAndGet();
        if (Long.bitCount(count) != 1) {
            return;
        }
        switch (verdict) {
            case ADMITTED -> {}
            case TOO_MANY ->
                LOG.warn(
                        "More than {} connections are open (diskvault.http.connections); {} were closed since the start.",
                        limits.connections(),
                        count);
            case TOO_MANY_OF_ONE ->
                LOG.warn(
                        "{} has more than {} connections open (diskvault.http.connections-per-address); {} were closed"
                                + " since the start.",
                        address.getHostAddress(),
                        limits.connectionsPerAddress(),
                        count);
        }
    }

    private static InetAddress address(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress remote && remote.getAddress() != null
                ? remote.getAddress()
                : InetAddress.getLoopbackAddress();
    }

    private final class Connections implements NettyServerCustomizer {
        @Override
        public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
            return role == ChannelRole.CONNECTION ? new Connection(channel) : this;
        }
    }

    private final class Connection implements NettyServerCustomizer {
        private final Channel channel;

        Connection(Channel channel) {
            this.channel = channel;
        }

        @Override
        public void onInitialPipelineBuilt() {
            InetAddress address = address(channel);
            OpenConnections.Verdict verdict = open.open(address);
            channel.closeFuture().addListener(_ -> open.close(address));
            if (verdict != OpenConnections.Verdict.ADMITTED) {
                channel.close().addListener(_ -> tellOfClosed(verdict, address));
            }
        }

        @Override
        public void onStreamPipelineBuilt() {
            ChannelPipeline pipeline = channel.pipeline();
            String codec = ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC;
            if (pipeline.get(codec) != null) {
                RequestGuard guard = new RequestGuard(limits, answer);
                pipeline.addBefore(codec, "diskvault-request-bytes", guard.bytes());
                pipeline.addAfter(codec, "diskvault-request-guard", guard);
            }
        }
    }
}
