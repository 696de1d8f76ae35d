package io.diskvault.engine.restore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KeptChunksTest {

    private static final int BYTES = 64;
    private static final long SEED = 5;

    private final KeptChunks kept = new KeptChunks(2, BYTES);
    private final List<Integer> loaded = new ArrayList<>();
    private final Set<Integer> arrays = new HashSet<>();

    private static ChunkId id(int number) {
        return new ChunkId(number, 0, 0, 0);
    }

    /// Chunks have their number in every byte.
    private void use(int number) throws Exception {
        kept.use(
                id(number),
                BYTES,
                into -> {
                    loaded.add(number);
                    Arrays.fill(into, (byte) number);
                },
                content -> {
                    arrays.add(System.identityHashCode(content));
                    assertEquals(number, content[0]);
                });
    }

    private boolean isKnown(int number) throws Exception {
        return kept.useKnown(id(number), BYTES, content -> assertEquals(number, content[BYTES - 1]));
    }

    @Test
    void keepsWhatWasUsedLast() throws Exception {
        use(1);
        use(2);
        use(1);
        use(3);

        assertTrue(isKnown(1) && isKnown(3));
        assertFalse(isKnown(2));
        use(2);
        assertEquals(List.of(1, 2, 3, 2), loaded);
    }

    @Test
    void makesNoMoreArraysThanItKeeps() throws Exception {
        for (int number = 1; number < 100; number++) {
            use(number);
        }

        assertTrue(arrays.size() <= 3, () -> arrays.size() + " arrays");
    }

    @Test
    void keepsNoFailure() throws Exception {
        assertThrows(
                IOException.class,
                () -> kept.use(
                        id(1),
                        BYTES,
                        _ -> {
                            throw new IOException("Input/output error");
                        },
                        _ -> {}));

        assertFalse(isKnown(1));
        use(1);
    }

    /// Behind a short chunk its array holds what another chunk has left.
    @Test
    void givesNoMoreOfAChunkThanItHas() throws Exception {
        kept.use(id(7), 10, _ -> {}, _ -> {});

        assertThrows(CorruptDatastoreException.class, () -> use(7));
        assertThrows(CorruptDatastoreException.class, () -> isKnown(7));
    }

    @Test
    void loadsOnceWhatManyAskForAtATime() throws Exception {
        AtomicInteger loads = new AtomicInteger();
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> readers = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                readers.add(threads.submit(() -> {
                    kept.use(
                            id(1),
                            BYTES,
                            _ -> {
                                loads.incrementAndGet();
                                loading.countDown();
                                await(asked);
                            },
                            _ -> {});
                    return true;
                }));
            }
            loading.await();
            // Another chunk is not held up.
            use(2);
            asked.countDown();
            for (Future<Boolean> reader : readers) {
                assertTrue(reader.get());
            }
        }
        assertEquals(1, loads.get());
    }

    @Test
    void takesNothingFromWhoIsStillLoading() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch othersCame = new CountDownLatch(1);
        byte[] read = new byte[BYTES];
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> slow = threads.submit(() -> {
                kept.use(
                        id(1),
                        BYTES,
                        into -> {
                            Arrays.fill(into, (byte) 1);
                            loading.countDown();
                            await(othersCame);
                        },
                        content -> System.arraycopy(content, 0, read, 0, BYTES));
                return true;
            });
            loading.await();
            use(2);
            use(3);
            use(4);
            othersCame.countDown();
            assertTrue(slow.get());
        }
        byte[] expected = new byte[BYTES];
        Arrays.fill(expected, (byte) 1);
        assertArrayEquals(expected, read);
    }

    @Test
    void takesNothingFromWhoIsStillReading() throws Exception {
        byte[] expected = new byte[BYTES];
        Arrays.fill(expected, (byte) 1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            kept.use(id(1), BYTES, into -> Arrays.fill(into, (byte) 1), content -> {
                Future<Boolean> others = threads.submit(() -> {
                    use(2);
                    use(3);
                    use(4);
                    return true;
                });
                assertTrue(assertDoesNotThrow(() -> others.get()));
                assertArrayEquals(expected, content);
            });
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void neverGivesOneChunkForAnother() throws Exception {
        KeptChunks shared = new KeptChunks(3, BYTES);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Boolean>> readers = new ArrayList<>();
            for (int reader = 0; reader < 4; reader++) {
                Random random = new Random(SEED + reader);
                readers.add(threads.submit(() -> {
                    byte[] read = new byte[BYTES];
                    for (int i = 0; i < 20_000; i++) {
                        byte number = (byte) random.nextInt(8);
                        Arrays.fill(read, number);
                        if (random.nextBoolean()) {
                            shared.use(
                                    id(number),
                                    BYTES,
                                    into -> Arrays.fill(into, number),
                                    content -> System.arraycopy(content, 0, read, 0, BYTES));
                        } else {
                            shared.useKnown(id(number), BYTES, content -> System.arraycopy(content, 0, read, 0, BYTES));
                        }
                        for (byte one : read) {
                            assertEquals(number, one, "seed " + SEED);
                        }
                    }
                    return true;
                }));
            }
            for (Future<Boolean> reader : readers) {
                assertTrue(reader.get());
            }
        }
    }
}
