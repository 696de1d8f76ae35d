package io.diskvault.engine.backup;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.chunk.Fingerprint;
import io.diskvault.engine.manifest.ManifestNode;
import io.diskvault.engine.manifest.ManifestShape;
import io.diskvault.engine.pack.PackKind;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.source.Extent;
import io.diskvault.engine.store.ChunkWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Backs up the part of a disk that belongs to one leaf of its manifest.
final class LeafBackup {

    private static final Logger LOG = LoggerFactory.getLogger(LeafBackup.class);

    /// @param id the leaf; empty when there was nothing but zeros
    /// @param usedBytes how much of it is not zero
    /// @param changedBytes how much of that is not in the base at the same place
    record Result(long leaf, Optional<ChunkId> id, long usedBytes, long changedBytes) {}

    /// What is known of the base.
    ///
    /// @param leaf the same leaf of the base
    /// @param damaged whether a part of the base could not be read, so that its nodes may be damaged, too
    record Base(Optional<ChunkId> leaf, boolean damaged) {}

    private final DiskSource source;
    private final ManifestShape shape;
    private final LeafExtents.Share share;
    private final Base base;
    private final ChunkWriter writer;
    private final AtomicLong readBytes;
    private final BooleanSupplier stopping;
    private long usedBytes;
    private long changedBytes;

    LeafBackup(
            DiskSource source,
            ManifestShape shape,
            LeafExtents.Share share,
            Base base,
            ChunkWriter writer,
            AtomicLong readBytes,
            BooleanSupplier stopping) {
        this.source = source;
        this.shape = shape;
        this.share = share;
        this.base = base;
        this.writer = writer;
        this.readBytes = readBytes;
        this.stopping = stopping;
    }

    Result run(BackupWorker worker) throws IOException, DatastoreException {
        Optional<ManifestNode> baseNode = readBase(worker);
        ManifestNode.Builder node = new ManifestNode.Builder(0);
        long start = share.leaf() * shape.leafBytes();
        long end = Math.min(start + shape.leafBytes(), shape.diskBytes());
        for (long window = start; window < end; window += worker.window.length) {
            backUpWindow(worker, window, Math.min(end, window + worker.window.length), baseNode, node);
        }
        ManifestNode leaf = node.take();
        Optional<ChunkId> id = leaf.isEmpty()
                ? Optional.empty()
                : Optional.of(worker.storeNode(
                        leaf, writer, base.damaged() || (base.leaf().isPresent() && baseNode.isEmpty())));
        return new Result(share.leaf(), id, usedBytes, changedBytes);
    }

    private Optional<ManifestNode> readBase(BackupWorker worker) throws IOException, DatastoreException {
        if (base.leaf().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(worker.nodes.read(base.leaf().get(), 0));
        } catch (CorruptDatastoreException e) {
            // The base is only compared with. The place that is damaged is known now, and no chunk will rely on it.
            LOG.warn("A part of the base is backed up as if it were new: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private void backUpWindow(
            BackupWorker worker, long start, long end, Optional<ManifestNode> baseNode, ManifestNode.Builder node)
            throws IOException, DatastoreException {
        if (!readWindow(worker.window, start, end)) {
            return;
        }
        for (long at = start; at < end; at += shape.blockBytes()) {
            long block = at / shape.blockBytes();
            int length = shape.blockLength(block);
            int offset = (int) (at - start);
            if (!holdsData(at, at + length) || isZero(worker.window, offset, length)) {
                continue;
            }
            if (stopping.getAsBoolean()) {
                throw new CancellationException("The backup is being stopped.");
            }
            int slot = (int) (block % ManifestShape.FANOUT);
            Fingerprint fingerprint = worker.fingerprinter.of(block, worker.window, offset, length);
            Optional<ChunkId> unchanged = baseNode.flatMap(known -> known.child(slot, fingerprint));
            ChunkId id = unchanged.orElseGet(() -> worker.hasher.id(worker.window, offset, length));
            usedBytes += length;
            if (!baseNode.flatMap(known -> known.child(slot)).equals(Optional.of(id))) {
                changedBytes += length;
            }
            // Unchanged blocks, too: that the base has a chunk does not say that its place can still be relied on.
            writer.store(id, worker.window, offset, length, PackKind.CONTENT, worker.sealer);
            node.add(slot, id, fingerprint);
        }
    }

    /// Reads the extents of a window and puts zeros between them. Answers whether there was anything to read.
    private boolean readWindow(byte[] window, long start, long end) throws IOException {
        boolean any = false;
        for (Extent extent : share.extents()) {
            long from = Math.max(start, extent.offset());
            long to = Math.min(end, extent.end());
            if (from < to) {
                if (!any && (from > start || to < end)) {
                    Arrays.fill(window, (byte) 0);
                }
                any = true;
                source.read(ByteBuffer.wrap(window, (int) (from - start), (int) (to - from)), from);
                readBytes.addAndGet(to - from);
            }
        }
        return any;
    }

    private boolean holdsData(long start, long end) {
        for (Extent extent : share.extents()) {
            if (extent.offset() < end && extent.end() > start) {
                return true;
            }
        }
        return false;
    }

    /// Whether a range is all zeros: its first byte is zero and each byte equals the one before.
    static boolean isZero(byte[] bytes, int offset, int length) {
        return bytes[offset] == 0
                && Arrays.equals(bytes, offset, offset + length - 1, bytes, offset + 1, offset + length);
    }
}
