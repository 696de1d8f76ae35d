package io.diskvault.engine.overlay;

import io.diskvault.engine.DatastoreException;
import java.io.IOException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// Lets each block be changed by one thread at a time, and different blocks by many.
public final class BlockLocks {

    /// More than there are requests under way, mostly.
    private static final int LOCKS = 256;

    private final OverlayHeader header;
    private final ReentrantLock[] locks = new ReentrantLock[LOCKS];

    /// Shared by those who change something, so that others can have the disk stand still.
    private final ReadWriteLock changing = new ReentrantReadWriteLock();

    BlockLocks(OverlayHeader header) {
        this.header = header;
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    /// What is done to a block, or a part of it, while nobody else changes it.
    @FunctionalInterface
    interface Change {
        void run(long block, int start, int length) throws IOException, DatastoreException;
    }

    /// Changes a range block by block, from its start to its end.
    void change(long offset, long length, Change change) throws IOException, DatastoreException {
        changing.readLock().lock();
        try {
            long end = offset + length;
            for (long at = offset; at < end; ) {
                long block = at / header.blockBytes();
                int start = (int) (at - block * header.blockBytes());
                int count = (int) Math.min(end - at, header.blockLength(block) - start);
                changeBlock(block, start, count, change);
                at += count;
            }
        } finally {
            changing.readLock().unlock();
        }
    }

    private void changeBlock(long block, int start, int count, Change change) throws IOException, DatastoreException {
        ReentrantLock lock = locks[(int) (block % LOCKS)];
        lock.lock();
        try {
            change.run(block, start, count);
        } finally {
            lock.unlock();
        }
    }

    /// What is done with a disk that stands still.
    @FunctionalInterface
    public interface Look<R> {
        R run() throws IOException, DatastoreException;
    }

    <R> R standingStill(Look<R> look) throws IOException, DatastoreException {
        changing.writeLock().lock();
        try {
            return look.run();
        } finally {
            changing.writeLock().unlock();
        }
    }
}
