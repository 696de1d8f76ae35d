package io.diskvault.engine.datastore;

import io.diskvault.engine.store.StoreLimits;

/// How much one backup or restore takes of the machine.
///
/// @param workers how many threads read, compress and encrypt at the same time
record EngineLimits(int workers, StoreLimits store) {

    /// What all workers of one backup may hold in buffers.
    private static final long BUFFER_BYTES_MAX = 128 << 20;

    /// What a worker holds besides chunks: the window it reads into, and the same again in the operating system's
    /// way.
    private static final long WORKER_BYTES = 4 << 20;

    /// More can decompress faster than one thread can write. For each there may be three windows of 4 MiB.
    private static final int RESTORE_WORKERS_MAX = 8;

    /// With the largest chunks these need 50 MiB.
    private static final int READERS_MIN = 4;

    /// How many buffers of the size of a chunk a worker and its pack have.
    private static final long CHUNKS_PER_WORKER = 8;

    /// How many threads read, decrypt and decompress in a restore, beside the one that writes.
    int restoreWorkers() {
        return Math.min(workers, RESTORE_WORKERS_MAX);
    }

    /// How many chunks of an open recovery point are read, decrypted and decompressed at the same time. More than
    /// processors: those who read here and there wait for the storage. So do the workers of a restore that
    /// compares.
    int readers() {
        return Math.max(READERS_MIN, restoreWorkers());
    }

    /// As many workers as processors, fewer when large chunks would take too much memory.
    static EngineLimits forMachine(ChunkSize chunkSize) {
        long workerBytes = WORKER_BYTES + CHUNKS_PER_WORKER * chunkSize.bytes();
        long workers = Math.min(Runtime.getRuntime().availableProcessors(), BUFFER_BYTES_MAX / workerBytes);
        return new EngineLimits((int) Math.max(1, workers), StoreLimits.DEFAULT);
    }
}
