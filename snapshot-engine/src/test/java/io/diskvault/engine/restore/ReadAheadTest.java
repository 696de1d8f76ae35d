package io.diskvault.engine.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadAheadTest {

    private static final int BLOCK = 64 << 10;
    private static final int BLOCKS = 100;
    private static final int AHEAD = 16;

    private final LinkedBlockingQueue<Long> fetched = new LinkedBlockingQueue<>();
    private final ReadAhead ahead = new ReadAhead(fetched::add, BLOCK, BLOCKS, 1);

    private static void read(ReadAhead ahead, long from, int length) {
        ahead.reading(from, from + length, true);
    }

    private List<Long> fetched(int count) throws InterruptedException {
        List<Long> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            blocks.add(fetched.take());
        }
        return blocks;
    }

    private static List<Long> blocks(long first, int count) {
        List<Long> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            blocks.add(first + i);
        }
        return blocks;
    }

    @Test
    void readsOnWhereSomebodyReadsInOrder() throws Exception {
        read(ahead, 0, 4096);
        assertTrue(fetched.isEmpty());
        read(ahead, 4096, 4096);
        assertEquals(blocks(1, AHEAD), fetched(AHEAD));
        // Nothing twice, and one more for each that is done.
        read(ahead, 8192, 2 * BLOCK);
        assertEquals(blocks(1 + AHEAD, 2), fetched(2));
        ahead.close();
        assertTrue(fetched.isEmpty());
    }

    @Test
    void followsSeveralWhoReadInOrderAndNobodyElse() throws Exception {
        long far = 50L * BLOCK;
        read(ahead, 0, BLOCK);
        read(ahead, far, BLOCK);
        read(ahead, 7 * BLOCK + 3, 10);
        read(ahead, 20 * BLOCK, BLOCK);
        assertTrue(fetched.isEmpty());

        read(ahead, far + BLOCK, BLOCK);
        assertEquals(blocks(52, AHEAD), fetched(AHEAD));
        read(ahead, BLOCK, BLOCK);
        assertEquals(blocks(2, AHEAD), fetched(AHEAD));
    }

    @Test
    void leavesThoseAloneWhoHaveManyRequestsUnderWay() {
        for (int block = 0; block < 10; block++) {
            ahead.reading((long) block * BLOCK, (block + 1L) * BLOCK, false);
        }
        ahead.close();
        assertTrue(fetched.isEmpty());
    }

    @Test
    void endsWhereTheDiskDoes() throws Exception {
        read(ahead, 96L * BLOCK, BLOCK);
        read(ahead, 97L * BLOCK, BLOCK);
        assertEquals(blocks(98, 2), fetched(2));
        read(ahead, 98L * BLOCK, BLOCK);
        read(ahead, 99L * BLOCK, BLOCK);
        ahead.close();
        assertTrue(fetched.isEmpty());
    }

    @Test
    void isNoWorseForWhatCannotBeRead() throws Exception {
        Semaphore failures = new Semaphore(0);
        ReadAhead failing = new ReadAhead(
                block -> {
                    failures.release();
                    throw new IOException("Block " + block + " is damaged.");
                },
                BLOCK,
                BLOCKS,
                1);
        read(failing, 0, BLOCK);
        read(failing, BLOCK, BLOCK);
        failures.acquire();
        failing.close();
    }
}
