package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.Workbench.CHUNK;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkHasher;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.index.ChunkIndex;
import io.diskvault.engine.key.DataKey;
import io.diskvault.engine.pack.ChunkPlace;
import io.diskvault.engine.pack.PackReader;
import io.diskvault.engine.restore.RestoreOptions;
import io.diskvault.engine.restore.RestoreTarget;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.DirectoryBelow;
import io.diskvault.engine.storage.InputFile;
import io.diskvault.engine.storage.OutputFile;
import io.diskvault.engine.storage.PowerLossDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Does to the files of a world what no crash undoes.
final class CrashDisk {

    /// With one more they are merged.
    private static final int FRAGMENTS = 7;

    private static final int FILE_BYTES_MAX = 1 << 20;

    /// The time at which content is made that no workload makes.
    private static final int OTHER_TIME = 888;

    private CrashDisk() {}

    /// Copies fragments until there are many: equal ones count as one in every answer.
    static CrashWorld withManyFragments(CrashWorld world) throws IOException {
        PowerLossDirectory files = world.files().fork((_, _) -> {});
        Directory store = new DirectoryBelow(files, CrashWorld.STORE);
        List<String> names = fragments(store);
        Random random = new Random(world.history().hashCode() * 41L);
        byte[] name = new byte[16];
        for (int i = names.size(); i < FRAGMENTS; i++) {
            random.nextBytes(name);
            byte[] content = read(store, "index/" + names.getFirst());
            write(store, "index", HexFormat.of().formatHex(name) + ".idx", content);
        }
        return world.on(files);
    }

    /// Puts a disk where disks are restored to, which has less and more and other content than any that is backed up.
    static CrashWorld withAnotherTarget(CrashWorld world) throws IOException {
        PowerLossDirectory files = world.files().fork((_, _) -> {});
        byte[] other = CrashWorld.content("other", OTHER_TIME);
        System.arraycopy(other, CHUNK, other, 2 * CHUNK, CHUNK);
        Arrays.fill(other, 3 * CHUNK, 4 * CHUNK, (byte) 0);
        write(files, CrashWorld.TARGETS, CrashWorld.TARGET, other);
        return new CrashWorld(files, world.points(), Optional.of(other), world.history(), world.damage());
    }

    /// Begins a restore and lets it be killed when some of what it has written is right, some is not, and some is
    /// where there have to be zeros. All that has become durable meanwhile.
    static CrashWorld withUnfinishedRestore(CrashWorld world) throws IOException {
        PowerLossDirectory files = world.files().fork((_, _) -> {});
        RestoreTarget killed = resumable(new DirectoryBelow(files, CrashWorld.TARGETS), 3L * CHUNK + 1);
        killed.write(ByteBuffer.wrap(CrashWorld.commonBlock()), 0);
        byte[] other = CrashWorld.content("other", OTHER_TIME);
        killed.write(ByteBuffer.wrap(other, CHUNK, CHUNK), CHUNK);
        killed.write(ByteBuffer.wrap(other, 0, CHUNK), 2L * CHUNK);
        return world.on(PowerLossDirectory.copyOf(files, (_, _) -> {}));
    }

    /// The target of a restore that can be resumed.
    static RestoreTarget resumable(Directory targets, long sizeBytes) throws IOException {
        return RestoreTarget.file(
                targets,
                CrashWorld.TARGET,
                Path.of(CrashWorld.TARGET),
                sizeBytes,
                RestoreOptions.OVERWRITE.resumableAs("restore-1"),
                _ -> {});
    }

    /// How many index fragments there are.
    static int fragmentCount(CrashWorld world) throws IOException {
        return fragments(world.store()).size();
    }

    private static List<String> fragments(Directory store) throws IOException {
        return store.list("index").stream()
                .filter(name -> name.endsWith(".idx"))
                .sorted()
                .toList();
    }

    /// Flips a bit in every good copy of the block that all disks have.
    static CrashWorld withDamage(CrashWorld world, KeyFile keyFile) throws IOException, DatastoreException {
        PowerLossDirectory files = world.files().fork((_, _) -> {});
        Directory store = new DirectoryBelow(files, CrashWorld.STORE);
        DataKey key = new SealedKeys(store, Path.of(CrashWorld.STORE))
                .open(DatastoreFile.decode(read(store, DatastoreFile.NAME), DatastoreFile.NAME), keyFile)
                .dataKey();
        byte[] block = CrashWorld.commonBlock();
        ChunkId id = new ChunkHasher(key.chunkIdKey()).id(block, 0, block.length);
        ChunkIndex index = new ChunkIndex(store);
        index.refresh();
        for (ChunkPlace place : index.places(id)) {
            if (isGood(store, key, id, place)) {
                byte[] content = read(store, place.pack().file());
                content[place.offset() + 5] ^= 1;
                String file = place.pack().file();
                write(store, place.pack().directory(), file.substring(file.lastIndexOf('/') + 1), content);
            }
        }
        return world.on(files).withDamage(CrashWorld.Damage.UNKNOWN);
    }

    private static boolean isGood(Directory store, DataKey key, ChunkId id, ChunkPlace place)
            throws IOException, DatastoreException {
        try (PackReader reader = new PackReader(store, key, Workbench.CHUNK)) {
            reader.read(id, place, new byte[Workbench.CHUNK]);
            return true;
        } catch (CorruptDatastoreException e) {
            return false;
        }
    }

    private static byte[] read(Directory store, String name) throws IOException {
        try (InputFile file = store.open(name)) {
            return file.readAll(FILE_BYTES_MAX);
        }
    }

    private static void write(Directory store, String directory, String name, byte[] content) throws IOException {
        String temporary = directory + "/new";
        try (OutputFile file = store.create(temporary)) {
            file.write(ByteBuffer.wrap(content), 0);
            file.sync();
        }
        store.replace(temporary, directory + "/" + name);
        store.syncDirectory(directory);
    }
}
