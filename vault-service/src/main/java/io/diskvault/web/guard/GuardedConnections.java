package io.diskvault.web.guard;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts a [RequestGuard] into every connection, and closes at once what is more connections than there may be.
@Singleton
final class GuardedConnections implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedConnections.class);

    private final HttpLimits limits;
    private final EarlyAnswer answer;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong closed = new AtomicLong();

    GuardedConnections(HttpLimits limits, EarlyAnswer answer) {
        this.limits = limits;
        this.answer = answer;
    }

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        event.getBean().register(new Connections());
        return event.getBean();
    }

    /// Only now and then, or the log would be the next thing to overflow.
    private void tellOfClosed() {
        long count = closed.incrementAndGet();
        if (Long.bitCount(count) == 1) {
            LOG.warn(
                    "More than {} connections are open (diskvault.http.connections); {} were closed since the start.",
                    limits.connections(),
                    count);
        }
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
            channel.closeFuture().addListener(_ -> open.decrementAndGet());
            if (open.incrementAndGet() > limits.connections()) {
                channel.close().addListener(_ -> tellOfClosed());
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
