package io.diskvault.engine.datastore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.index.ChunkIndex;
import io.diskvault.engine.key.DataKey;
import io.diskvault.engine.manifest.ManifestNode;
import io.diskvault.engine.manifest.ManifestShape;
import io.diskvault.engine.manifest.NodeReader;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.store.ChunkReader;
import io.diskvault.engine.store.UnusablePlaces;
import io.diskvault.engine.verify.ByteRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Finds out which parts of a recovery point cannot be read in the most simple-minded way: it tries each block by
/// itself, as a restore would read it, and compares what it gets with what the disk held.
final class DamageOracle implements AutoCloseable {

    private final ChunkReader chunks;
    private final NodeReader nodes;
    private final byte[] plain;
    private final List<ByteRange> lost = new ArrayList<>();
    private ManifestShape shape = new ManifestShape(1, 0);
    private byte[] content = new byte[0];

    DamageOracle(Directory directory, DataKey key, int chunkBytes) throws IOException, DatastoreException {
        ChunkIndex index = new ChunkIndex(directory);
        index.refresh();
        chunks = new ChunkReader(directory, index, key, chunkBytes, new UnusablePlaces());
        nodes = new NodeReader(chunks, chunkBytes);
        plain = new byte[chunkBytes];
    }

    /// The parts that cannot be read, joined where they touch.
    List<ByteRange> lost(RecoveryPoint point, byte[] expected) throws IOException, DatastoreException {
        lost.clear();
        content = expected;
        shape = new ManifestShape(plain.length, point.logicalBytes());
        if (point.manifestRoot().isPresent()) {
            visit(point.manifestRoot().get(), shape.rootLevel(), 0);
        }
        return List.copyOf(lost);
    }

    private void visit(ChunkId id, int level, long start) throws IOException, DatastoreException {
        long childBytes = (long) plain.length << (6 * level);
        ManifestNode node;
        try {
            node = nodes.read(id, level);
        } catch (CorruptDatastoreException e) {
            add(start, Math.min(start + 64 * childBytes, content.length));
            return;
        }
        for (int slot = 0; slot < 64; slot++) {
            if (node.child(slot).isPresent()) {
                long childStart = start + slot * childBytes;
                if (level == 0) {
                    block(node.child(slot).get(), childStart);
                } else {
                    visit(node.child(slot).get(), level - 1, childStart);
                }
            }
        }
    }

    private void block(ChunkId id, long start) throws IOException, DatastoreException {
        long end = Math.min(start + plain.length, content.length);
        try {
            int length = chunks.read(id, plain);
            assertArrayEquals(
                    Arrays.copyOfRange(content, (int) start, (int) end),
                    Arrays.copyOf(plain, length),
                    "A damaged block was given out");
        } catch (CorruptDatastoreException e) {
            add(start, end);
        }
    }

    private void add(long start, long end) {
        if (!lost.isEmpty() && lost.getLast().end() == start) {
            lost.set(lost.size() - 1, new ByteRange(lost.getLast().start(), end));
        } else {
            lost.add(new ByteRange(start, end));
        }
    }

    @Override
    public void close() throws IOException {
        chunks.close();
    }
}
