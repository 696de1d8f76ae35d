package io.diskvault.engine.verify;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.manifest.ManifestNode;
import io.diskvault.engine.manifest.ManifestShape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Goes through the manifest of one recovery point, from the start of its disk to the end, and leaves out the parts
/// that its visitor does not want to see again.
final class ManifestWalk {

    /// What is done on the way.
    interface Visitor {

        /// Whether to go into a node.
        ///
        /// @param atEnd whether the disk ends in it, so that it must be looked at for each disk anew
        boolean enter(ChunkId node, boolean atEnd);

        /// Answers whether a chunk of the disk is all right.
        boolean chunk(ChunkId chunk, long start, int length) throws IOException;

        /// A node cannot be read; nobody knows what was to be in this part of the disk.
        void lost(ChunkId node, long start, long end) throws IOException;

        /// A node does not fit where it stands.
        void misshapen(String how, long start, long end);

        /// Everything in and below a node is all right.
        void whole(ChunkId node);
    }

    private final Survey survey;
    private final ManifestShape shape;
    private final Visitor visitor;
    private final Runnable tick;
    private final byte[] plain;

    ManifestWalk(Survey survey, ManifestShape shape, Visitor visitor, Runnable tick) {
        this.survey = survey;
        this.shape = shape;
        this.visitor = visitor;
        this.tick = tick;
        this.plain = new byte[shape.blockBytes()];
    }

    void run(Optional<ChunkId> root) throws IOException {
        if (root.isPresent() && shape.diskBytes() > 0) {
            visit(shape.rootLevel(), 0, root.get());
        }
    }

    private boolean visit(int level, long start, ChunkId id) throws IOException {
        tick.run();
        long childBytes = bytesBelow(level);
        long end = Math.min(start + ManifestShape.FANOUT * childBytes, shape.diskBytes());
        if (!visitor.enter(id, end == shape.diskBytes())) {
            return true;
        }
        Optional<Integer> length = survey.read(id, plain);
        if (length.isEmpty()) {
            visitor.lost(id, start, end);
            return false;
        }
        ManifestNode node;
        try {
            node = ManifestNode.decode(ByteBuffer.wrap(plain, 0, length.get()), id, level);
        } catch (CorruptDatastoreException e) {
            visitor.misshapen(e.getMessage(), start, end);
            return false;
        }
        boolean whole = children(node, start, childBytes);
        if (whole) {
            visitor.whole(id);
        }
        return whole;
    }

    private boolean children(ManifestNode node, long start, long childBytes) throws IOException {
        boolean whole = true;
        for (int slot = node.nextPresent(0); slot < ManifestShape.FANOUT; slot = node.nextPresent(slot + 1)) {
            long childStart = start + slot * childBytes;
            if (childStart >= shape.diskBytes()) {
                visitor.misshapen("Its manifest goes on past the end of the disk.", start, shape.diskBytes());
                return false;
            }
            ChunkId child = node.child(slot).orElseThrow();
            whole &= node.level() == 0
                    ? visitor.chunk(child, childStart, shape.blockLength(childStart / shape.blockBytes()))
                    : visit(node.level() - 1, childStart, child);
        }
        return whole;
    }

    /// How much of a disk each child of a node covers.
    private long bytesBelow(int level) {
        long bytes = shape.blockBytes();
        for (int i = 0; i < level; i++) {
            bytes *= ManifestShape.FANOUT;
        }
        return bytes;
    }
}
