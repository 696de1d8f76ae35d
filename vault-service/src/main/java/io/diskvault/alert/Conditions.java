package io.diskvault.alert;

import io.diskvault.access.Callers;
import io.diskvault.alert.view.AlertRow;
import io.diskvault.alert.view.AlertRows;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at all conditions again and again, and has alerts opened and closed accordingly. Each is looked at by a
/// thread of its own: one that waits for a disk that does not answer keeps no other waiting.
@Singleton
public class Conditions implements ApplicationEventListener<ServerStartupEvent> {
    /// As whom it is written down in events.
    private static final String CALLER = "alerts";

    private static final Logger LOG = LoggerFactory.getLogger(Conditions.class);

    /// What a server finds when it was away is mended in its first moments: slots that are due, points that expire.
    private static final long FIRST_LOOK_MILLIS = 30_000;

    private final List<Condition> conditions;
    private final AlertRows rows;
    private final Alerts alerts;
    private final Clock clock;
    private final ScheduledExecutorService looks;

    Conditions(List<Condition> conditions, AlertRows rows, Alerts alerts, Clock clock) {
        this.conditions = List.copyOf(conditions);
        this.rows = rows;
        this.alerts = alerts;
        this.clock = clock;
        this.looks = Executors.newScheduledThreadPool(
                conditions.size(),
                Thread.ofPlatform().daemon().name("conditions-", 0).factory());
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // runs until the executor is shut down
    public void onApplicationEvent(ServerStartupEvent started) {
        conditions.forEach(condition -> looks.scheduleWithFixedDelay(
                () -> attempt(condition), FIRST_LOOK_MILLIS, condition.every().toMillis(), TimeUnit.MILLISECONDS));
    }

    private void attempt(Condition condition) {
        try {
            look(condition);
        } catch (RuntimeException failure) {
            // The next look tries again; a database that is away for a moment must not end it for good.
            LOG.warn(
                    "{} could not be looked for; the next look tries again",
                    condition.kind().text(),
                    failure);
        }
    }

    /// Looks at all of them, now.
    public void look() {
        conditions.forEach(this::look);
    }

    private void look(Condition condition) {
        Instant now = clock.instant();
        Map<String, Cause> holding = condition.holding(now).stream()
                .collect(Collectors.toMap(cause -> cause.alert().text(), Function.identity(), (one, _) -> one));
        Map<String, AlertRow> known = rows.standing(condition.kind().text()).stream()
                .collect(Collectors.toMap(AlertRow::id, Function.identity()));
        Callers.as(CALLER, () -> {
            holding.forEach((id, cause) -> {
                if (isNews(cause, known.get(id))) {
                    alerts.stands(cause, now);
                    LOG.warn("{}: {}", cause.kind().text(), cause.message());
                }
            });
            known.values().stream()
                    .filter(row -> !holding.containsKey(row.id()))
                    .forEach(row -> {
                        alerts.gone(AlertId.parse(row.id()), now);
                        LOG.info("{} is over: {}", row.kind(), row.message());
                    });
        });
    }

    private static boolean isNews(Cause cause, @Nullable AlertRow known) {
        return known == null || cause.severity().isWorseThan(Severity.of(known.severity()));
    }

    @PreDestroy
    void stop() throws InterruptedException {
        looks.shutdown();
        looks.awaitTermination(10, TimeUnit.SECONDS);
    }
}
