package io.diskvault.web.guard;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import jakarta.inject.Singleton;

/// Hands those limits to the framework that it keeps itself.
@Singleton
final class LimitedServer implements BeanCreatedEventListener<NettyHttpServerConfiguration> {
    private final HttpLimits limits;

    LimitedServer(HttpLimits limits) {
        this.limits = limits;
    }

    @Override
    public NettyHttpServerConfiguration onCreated(BeanCreatedEvent<NettyHttpServerConfiguration> event) {
        NettyHttpServerConfiguration server = event.getBean();
        server.setMaxRequestSize(limits.bodySize());
        server.setMaxHeaderSize(limits.headerSize());
        server.setMaxInitialLineLength(limits.lineLength());
        server.setIdleTimeout(limits.idleTime());
        return server;
    }
}
