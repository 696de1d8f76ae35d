package io.diskvault.restore.proof;

import io.diskvault.access.Callers;
import io.diskvault.job.JobWorkers;
import io.diskvault.restoretest.ProofAlerts;
import io.diskvault.restoretest.RestoreTestPlans;
import io.diskvault.restoretest.RestoreTests;
import io.diskvault.vault.VaultId;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks every minute which restore tests are due and which proofs are overdue, and clears away what killed tests left.
/// It may look late, twice, or on several nodes: what is to be done follows from recorded history alone.
@Singleton
class RestoreTestTimer implements ApplicationEventListener<ServerStartupEvent> {
    /// As whom it is written down in events.
    private static final String CALLER = "restore-tests";

    private static final Logger LOG = LoggerFactory.getLogger(RestoreTestTimer.class);
    private static final long EVERY_SECONDS = 60;
    private static final long SWEEP_LOOKS = 15;

    private final RestoreTestPlans plans;
    private final ProofAlerts alerts;
    private final RestoreTests tests;
    private final JobWorkers workers;
    private final Clock clock;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("restore-tests").factory());
    private long count;

    RestoreTestTimer(RestoreTestPlans plans, ProofAlerts alerts, RestoreTests tests, JobWorkers workers, Clock clock) {
        this.plans = plans;
        this.alerts = alerts;
        this.tests = tests;
        this.workers = workers;
        this.clock = clock;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // runs until the executor is shut down
    public void onApplicationEvent(ServerStartupEvent started) {
        looks.scheduleWithFixedDelay(this::look, 0, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /// One look at everything.
    synchronized void look() {
        Callers.as(CALLER, () -> {
            attempt(
                    "Due restore tests could not be started",
                    () -> plans.vaults().forEach(this::start));
            attempt("Overdue proofs could not be looked for", () -> alerts.look(clock.instant()));
            if (count++ % SWEEP_LOOKS == 0) {
                attempt("What restore tests left could not be cleared away", this::sweep);
            }
        });
    }

    private static void attempt(String failed, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failure) {
            // The next look tries again; a database that is away for a moment must not end it for good.
            LOG.warn("{}; the next look tries again", failed, failure);
        }
    }

    /// The other vaults must not wait for this one.
    private void start(VaultId vault) {
        attempt("Restore tests of the vault " + vault.name() + " could not be started", () -> {
            if (plans.startDue(vault, clock.instant())) {
                workers.wake();
            }
        });
    }

    private void sweep() {
        for (Path directory : tests.scratchPlaces()) {
            try {
                int removed = ScratchFile.remove(directory, tests::isOver);
                if (removed > 0) {
                    LOG.info("{} files of restore tests that are over were removed from {}", removed, directory);
                }
            } catch (IOException unreachable) {
                LOG.info("{} could not be searched for files of restore tests: {}", directory, unreachable.toString());
            }
        }
    }

    @PreDestroy
    void stop() throws InterruptedException {
        looks.shutdown();
        looks.awaitTermination(EVERY_SECONDS, TimeUnit.SECONDS);
    }
}
