package io.diskvault.engine.datastore;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.restore.RestoreOptions;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.source.FakeDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;

/// A datastore in a temporary directory and what tests do with it.
record Workbench(Path directory, KeyFile key, Datastore datastore) {

    static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    static final int CHUNK = ChunkSize.DEFAULT.bytes();

    static Workbench in(Path directory) throws IOException, DatastoreException {
        KeyFile key = KeyFile.create(directory.resolve("key"));
        return new Workbench(directory, key, Datastore.create(directory.resolve("store"), ChunkSize.DEFAULT, key));
    }

    static BackupRequest request(String disk, String id) {
        // Ids that sort later stand for later times.
        return new BackupRequest(disk, new RecoveryPointId(id), NOON.plusSeconds(id.hashCode()), "source-1");
    }

    BackupResult backUp(String disk, String id, byte[] content) throws IOException, DatastoreException {
        return backUp(disk, id, new FakeDisk(content));
    }

    BackupResult backUp(String disk, String id, DiskSource source) throws IOException, DatastoreException {
        return datastore.backUp(request(disk, id), source, Watch.NONE);
    }

    byte[] restored(RecoveryPoint point) throws IOException, DatastoreException {
        Path target = directory.resolve("restored");
        Files.deleteIfExists(target);
        datastore.restore(point, target, RestoreOptions.NEW_FILE, Watch.NONE);
        return Files.readAllBytes(target);
    }

    /// Content that no compressor makes smaller, always the same for one seed.
    static byte[] noise(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
