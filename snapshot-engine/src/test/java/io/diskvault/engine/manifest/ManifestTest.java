package io.diskvault.engine.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkHasher;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.chunk.ChunkSealer;
import io.diskvault.engine.chunk.Fingerprint;
import io.diskvault.engine.index.ChunkIndex;
import io.diskvault.engine.key.DataKey;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.pack.PackKind;
import io.diskvault.engine.storage.PowerLossDirectory;
import io.diskvault.engine.store.ChunkReader;
import io.diskvault.engine.store.ChunkWriter;
import io.diskvault.engine.store.StoreLimits;
import io.diskvault.engine.store.UnusablePlaces;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ManifestTest {

    private static final int BLOCK = 4096;
    private static final DataKey KEY = DataKey.create(Randomness.secure());

    private final PowerLossDirectory directory = new PowerLossDirectory();
    private final ChunkIndex index = new ChunkIndex(directory);
    private int nodesOffered;

    private static ChunkId id(long number) {
        return new ChunkId(number, 1, 2, 3);
    }

    private Manifest build(ManifestShape shape, Map<Long, ChunkId> leaves) throws IOException, DatastoreException {
        ChunkHasher hasher = new ChunkHasher(KEY.chunkIdKey());
        try (ChunkWriter writer = new ChunkWriter(
                        directory, index, new UnusablePlaces(), KEY, Randomness.secure(), BLOCK, StoreLimits.DEFAULT);
                ChunkSealer sealer = new ChunkSealer(BLOCK)) {
            ManifestBuilder builder = new ManifestBuilder(shape, node -> {
                byte[] plain = node.encode();
                ChunkId id = hasher.id(plain, 0, plain.length);
                writer.store(id, plain, 0, plain.length, PackKind.MANIFEST, sealer);
                nodesOffered++;
                return id;
            });
            for (Map.Entry<Long, ChunkId> leaf : leaves.entrySet()) {
                builder.addLeaf(leaf.getKey(), leaf.getValue());
            }
            Manifest manifest = new Manifest(shape, builder.finish());
            writer.commit();
            return manifest;
        }
    }

    private Map<Long, ChunkId> walked(Manifest manifest) throws IOException, DatastoreException {
        Map<Long, ChunkId> leaves = new TreeMap<>();
        try (ChunkReader reader = new ChunkReader(directory, index, KEY, BLOCK, new UnusablePlaces())) {
            LeafWalk walk = manifest.walk(new NodeReader(reader, BLOCK));
            Optional<LeafWalk.Leaf> leaf = walk.firstFrom(0);
            while (leaf.isPresent()) {
                leaves.put(leaf.get().number(), leaf.get().id());
                leaf = walk.firstFrom(leaf.get().number() + 1);
            }
        }
        return leaves;
    }

    @Property(tries = 60)
    void givesBackItsLeaves(
            @ForAll @LongRange(min = 0, max = 1L << 50) long diskBytes,
            @ForAll @IntRange(min = 0, max = 300) int count,
            @ForAll long seed)
            throws Exception {
        ManifestShape shape = new ManifestShape(BLOCK, diskBytes);
        Random random = new Random(seed);
        long leafCount = Math.ceilDiv(shape.blockCount(), ManifestShape.FANOUT);
        Map<Long, ChunkId> leaves = new TreeMap<>();
        for (int i = 0; i < count && leafCount > 0; i++) {
            leaves.put(random.nextBoolean() ? random.nextLong(leafCount) : i % leafCount, id(i));
        }

        Manifest manifest = build(shape, leaves);

        assertEquals(leaves, walked(manifest));
        assertEquals(leaves.isEmpty(), manifest.root().isEmpty());
    }

    @Test
    void findsLeavesInAnyOrder() throws Exception {
        ManifestShape shape = new ManifestShape(BLOCK, 1L << 40);
        Map<Long, ChunkId> leaves = new TreeMap<>(Map.of(3L, id(3), 4L, id(4), 5000L, id(5), 4_000_000L, id(6)));
        Manifest manifest = build(shape, leaves);
        try (ChunkReader reader = new ChunkReader(directory, index, KEY, BLOCK, new UnusablePlaces())) {
            LeafWalk walk = manifest.walk(new NodeReader(reader, BLOCK));
            for (long number : new long[] {4, 3, 5000, 2, 4_000_000, 4999, 5001, 4_000_001, 5000, 1L << 30}) {
                assertEquals(Optional.ofNullable(leaves.get(number)), walk.leaf(number), "leaf " + number);
            }
        }
    }

    @Test
    void makesNoMoreNodesThanLevelsForOneLeaf() throws Exception {
        ManifestShape shape = new ManifestShape(BLOCK, 1L << 50);

        build(shape, Map.of(shape.blockCount() / ManifestShape.FANOUT - 1, id(1)));

        assertEquals(6, shape.rootLevel());
        assertEquals(6, nodesOffered);
    }

    @Test
    void storesForOneChangedLeafOneNodePerLevel() throws Exception {
        ManifestShape shape = new ManifestShape(BLOCK, 20_000L * 64 * BLOCK);
        Map<Long, ChunkId> leaves = new TreeMap<>();
        for (long i = 0; i < 20_000; i++) {
            leaves.put(i, id(i));
        }
        build(shape, leaves);
        int packsBefore = packBytes();
        leaves.put(777L, id(-1));

        Manifest changed = build(shape, leaves);

        assertEquals(leaves, walked(changed));
        int grown = packBytes() - packsBefore;
        assertTrue(grown < 3 * (ManifestNode.BYTES_MAX + 200), "The packs have grown by " + grown + " bytes.");
    }

    private int packBytes() throws IOException {
        int bytes = 0;
        for (String sub : directory.list("packs")) {
            for (String pack : directory.list("packs/" + sub)) {
                bytes += (int) directory.open("packs/" + sub + "/" + pack).sizeBytes();
            }
        }
        return bytes;
    }

    @Test
    void knowsTheShapeOfDisks() {
        assertEquals(0, new ManifestShape(BLOCK, 0).blockCount());
        assertEquals(0, new ManifestShape(BLOCK, 0).rootLevel());
        assertEquals(0, new ManifestShape(BLOCK, 64L * BLOCK).rootLevel());
        assertEquals(1, new ManifestShape(BLOCK, 64L * BLOCK + 1).rootLevel());
        assertEquals(1, new ManifestShape(BLOCK, 64L * 64 * BLOCK).rootLevel());
        assertEquals(2, new ManifestShape(BLOCK, 64L * 64 * BLOCK + 1).rootLevel());
        assertEquals(1, new ManifestShape(BLOCK, 2 * BLOCK + 1).blockLength(2));
        assertEquals(BLOCK, new ManifestShape(BLOCK, 2 * BLOCK + 1).blockLength(1));
    }

    @Test
    void readsTheNodesItWrites() throws Exception {
        ManifestNode.Builder builder = new ManifestNode.Builder(2);
        builder.add(0, id(10));
        builder.add(17, id(11));
        builder.add(63, id(12));
        ManifestNode node = builder.take();

        assertEquals(node, ManifestNode.decode(ByteBuffer.wrap(node.encode()), id(1), 2));
        assertEquals(Optional.of(id(11)), node.child(17));
        assertEquals(Optional.empty(), node.child(18));
        assertEquals(17, node.nextPresent(1));
        assertEquals(63, node.nextPresent(63));
        assertEquals(64, node.nextPresent(64));
        assertTrue(builder.take().isEmpty());
    }

    @Test
    void knowsTheFingerprintsOfALeafsBlocks() throws Exception {
        ManifestNode.Builder builder = new ManifestNode.Builder(0);
        builder.add(2, id(10), new Fingerprint(1, 2));
        builder.add(63, id(11), new Fingerprint(3, 4));
        ManifestNode leaf = builder.take();

        assertEquals(leaf, ManifestNode.decode(ByteBuffer.wrap(leaf.encode()), id(1), 0));
        assertEquals(Optional.of(id(11)), leaf.child(63, new Fingerprint(3, 4)));
        assertEquals(Optional.empty(), leaf.child(63, new Fingerprint(1, 2)));
        assertEquals(Optional.empty(), leaf.child(3, new Fingerprint(1, 2)));
        assertTrue(builder.take().isEmpty());
    }

    @Test
    void refusesWhatIsNoNodeOfItsLevel() {
        ManifestNode.Builder builder = new ManifestNode.Builder(1);
        builder.add(5, id(10));
        byte[] bytes = builder.take().encode();
        List<byte[]> malformed = new ArrayList<>();
        for (int at = 0; at < 16; at++) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 1;
            malformed.add(damaged);
        }
        malformed.add(new byte[0]);
        malformed.add(Arrays.copyOf(bytes, bytes.length + 1));

        for (byte[] bad : malformed) {
            assertThrows(CorruptDatastoreException.class, () -> ManifestNode.decode(ByteBuffer.wrap(bad), id(1), 1));
        }
        assertThrows(CorruptDatastoreException.class, () -> ManifestNode.decode(ByteBuffer.wrap(bytes), id(1), 0));
    }
}
