package io.diskvault.engine.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diskvault.engine.chunk.ChunkId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecentlyUsedTest {

    private final RecentlyUsed<String> kept = new RecentlyUsed<>(2);
    private final List<Integer> loaded = new ArrayList<>();

    private static ChunkId id(int number) {
        return new ChunkId(number, 0, 0, 0);
    }

    private String get(int number) throws Exception {
        return kept.get(id(number), () -> {
            loaded.add(number);
            return "chunk " + number;
        });
    }

    private static void awaitIt(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void keepsWhatWasUsedLast() throws Exception {
        get(1);
        get(2);
        get(1);
        get(3);

        assertEquals("chunk 1", get(1));
        assertEquals("chunk 2", get(2));
        assertEquals(List.of(1, 2, 3, 2), loaded);
    }

    @Test
    void keepsNoFailure() throws Exception {
        assertThrows(
                IOException.class,
                () -> kept.get(id(1), () -> {
                    throw new IOException("Input/output error");
                }));

        assertEquals("chunk 1", get(1));
    }

    @Test
    void loadsOnceWhatManyAskForAtATime() throws Exception {
        AtomicInteger loads = new AtomicInteger();
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> first = threads.submit(() -> kept.get(id(1), () -> {
                loading.countDown();
                awaitIt(asked);
                return "load " + loads.incrementAndGet();
            }));
            loading.await();
            List<Future<String>> others = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                others.add(threads.submit(() -> kept.get(id(1), () -> "load " + loads.incrementAndGet())));
            }
            // Another chunk is not held up.
            assertEquals("chunk 2", get(2));
            asked.countDown();

            assertEquals("load 1", first.get());
            for (Future<String> other : others) {
                assertEquals("load 1", other.get());
            }
        }
    }
}
