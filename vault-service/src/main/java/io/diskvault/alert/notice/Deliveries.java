package io.diskvault.alert.notice;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.json.JsonMapper;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has each receiver that is there told, by a thread of its own: nobody waits for one who does not answer.
@Singleton
final class Deliveries implements ApplicationEventListener<ServerStartupEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final long EVERY_MILLIS = 1000;

    private final List<Delivery> deliveries;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().daemon().name("alert-notices-", 0).factory());

    Deliveries(List<Receiver> receivers, NoticeRows rows, JsonMapper json, Clock clock) {
        this.deliveries = receivers.stream()
                .filter(Receiver::isThere)
                .map(receiver -> new Delivery(receiver, rows, json, clock))
                .toList();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // runs until the executor is shut down
    public void onApplicationEvent(ServerStartupEvent started) {
        deliveries.forEach(delivery ->
                threads.scheduleWithFixedDelay(() -> run(delivery), 0, EVERY_MILLIS, TimeUnit.MILLISECONDS));
    }

    private static void run(Delivery delivery) {
        try {
            delivery.run();
        } catch (RuntimeException failure) {
            // A database that is away for a moment; what is to be told is still there.
            LOG.warn("notices about alerts could not be sent", failure);
        }
    }

    @PreDestroy
    void stop() throws InterruptedException {
        threads.shutdownNow();
        threads.awaitTermination(10, TimeUnit.SECONDS);
    }
}
