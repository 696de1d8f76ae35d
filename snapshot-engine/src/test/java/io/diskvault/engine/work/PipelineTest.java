package io.diskvault.engine.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PipelineTest {

    private static final class Context implements AutoCloseable {

        private static final AtomicInteger OPEN = new AtomicInteger();
        private final AtomicBoolean used = new AtomicBoolean();

        private Context() {
            OPEN.incrementAndGet();
        }

        @Override
        public void close() {
            OPEN.decrementAndGet();
        }
    }

    private final List<Integer> results = new ArrayList<>();

    private Pipeline<Context, Integer> pipeline(int workers, Runnable tick) {
        return new Pipeline<>("test", workers, Context::new, results::add, tick);
    }

    @Test
    void givesResultsInTheOrderOfSubmission() throws Exception {
        try (Pipeline<Context, Integer> pipeline = pipeline(4, () -> {})) {
            for (int i = 0; i < 1000; i++) {
                int number = i;
                pipeline.submit(context -> {
                    assertTrue(context.used.compareAndSet(false, true));
                    Thread.onSpinWait();
                    context.used.set(false);
                    return number;
                });
            }
            pipeline.finish();
        }
        assertEquals(IntStream.range(0, 1000).boxed().toList(), results);
        assertEquals(0, Context.OPEN.get());
    }

    @Test
    void throwsTheFirstFailureAndGivesNoLaterResults() throws Exception {
        try (Pipeline<Context, Integer> pipeline = pipeline(1, () -> {})) {
            pipeline.submit(context -> 1);
            pipeline.submit(context -> {
                throw new IOException("broken");
            });
            pipeline.submit(context -> 2);

            IOException failure = assertThrows(IOException.class, pipeline::finish);
            assertEquals("broken", failure.getMessage());
        }
        assertEquals(List.of(1), results);
        assertEquals(0, Context.OPEN.get());
    }

    @Test
    void letsTheOwnerCancelWhileAStepRuns() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        AtomicBoolean endedEarly = new AtomicBoolean();
        try (Pipeline<Context, Integer> pipeline = pipeline(1, () -> {
            if (started.getCount() == 0) {
                throw new CancellationException("enough");
            }
        })) {
            pipeline.submit(context -> {
                started.countDown();
                while (!pipeline.stopping()) {
                    Thread.onSpinWait();
                }
                endedEarly.set(true);
                return 1;
            });
            started.await();
            assertThrows(CancellationException.class, pipeline::finish);
            assertFalse(endedEarly.get());
        }
        assertTrue(endedEarly.get());
        assertEquals(List.of(), results);
    }

    @Test
    void keepsFewStepsUnderWay() throws Exception {
        AtomicInteger waiting = new AtomicInteger();
        try (Pipeline<Context, Integer> pipeline =
                new Pipeline<>("test", 2, Context::new, _ -> waiting.decrementAndGet(), () -> {})) {
            for (int i = 0; i < 100; i++) {
                waiting.incrementAndGet();
                pipeline.submit(context -> 1);
                assertTrue(waiting.get() <= 6, waiting + " steps are under way");
            }
            pipeline.finish();
        }
        assertEquals(0, waiting.get());
    }
}
