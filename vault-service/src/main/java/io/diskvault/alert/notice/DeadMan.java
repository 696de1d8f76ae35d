package io.diskvault.alert.notice;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says from time to time that all is well. When it is not it says nothing: whoever waits for it then raises the
/// alarm.
@Singleton
final class DeadMan implements ApplicationEventListener<ServerStartupEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(DeadMan.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final DeadManSettings settings;
    private final Wellness wellness;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(Redirect.NEVER)
            .build();
    private final ScheduledExecutorService pings = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("dead-man").factory());

    DeadMan(DeadManSettings settings, Wellness wellness) {
        this.settings = settings;
        this.wellness = wellness;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // runs until the executor is shut down
    public void onApplicationEvent(ServerStartupEvent started) {
        if (settings.isSet()) {
            pings.scheduleAtFixedRate(this::ping, 0, settings.every().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /// Once, if all is well.
    void ping() {
        try {
            Optional<String> trouble = wellness.trouble();
            if (trouble.isPresent()) {
                LOG.error("nobody is told that all is well: {}", trouble.get());
                return;
            }
            int status = client.send(
                            HttpRequest.newBuilder(settings.address())
                                    .timeout(PATIENCE)
                                    .header("User-Agent", "Diskvault")
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
            if (status >= 300) {
                LOG.warn(
                        "{} was told that all is well, and answered {}",
                        settings.address().getHost(),
                        status);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException failure) {
            LOG.warn(
                    "{} could not be told that all is well: {}",
                    settings.address().getHost(),
                    failure.toString());
        }
    }

    @PreDestroy
    void stop() {
        pings.shutdownNow();
        client.shutdownNow();
    }
}
