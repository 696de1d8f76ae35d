package io.diskvault.engine.qemu;

import io.diskvault.engine.nbd.ExportedDisk;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.source.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// The file of an image, as QEMU sees it: its beginning is what was checked, whatever somebody writes there
/// meanwhile.
final class ImageExport implements ExportedDisk {

    /// Holds whatever can name other files.
    private static final int HEAD_BYTES = 64 << 10;

    /// What QEMU asks for least often less than.
    private static final int BLOCK_BYTES = 64 << 10;

    private final DiskSource file;
    private final ByteBuffer head;
    private volatile Optional<IOException> failure = Optional.empty();

    private ImageExport(DiskSource file, ByteBuffer head) {
        this.file = file;
        this.head = head;
    }

    /// @param file is not closed with this
    static ImageExport of(DiskSource file) throws IOException {
        ByteBuffer head = ByteBuffer.allocate((int) Math.min(HEAD_BYTES, file.sizeBytes()));
        file.read(head, 0);
        return new ImageExport(file, head.flip().asReadOnlyBuffer());
    }

    /// The first bytes of the image.
    ByteBuffer head() {
        return head.duplicate();
    }

    /// Why the image's file could not be read, if that was so.
    Optional<IOException> failure() {
        return failure;
    }

    @Override
    public long size() {
        return file.sizeBytes();
    }

    @Override
    public int blockBytes() {
        return BLOCK_BYTES;
    }

    @Override
    public void read(long offset, ByteBuffer into) throws IOException {
        long at = offset;
        if (at < head.limit()) {
            int length = Math.min(into.remaining(), head.limit() - (int) at);
            into.put(head.slice((int) at, length));
            at += length;
        }
        try {
            file.read(into, at);
        } catch (IOException e) {
            failure = Optional.of(e);
            throw e;
        }
    }

    @Override
    public Optional<Extent> dataIn(long from, long to) throws IOException {
        if (from < head.limit()) {
            return Optional.of(new Extent(from, Math.min(to, head.limit()) - from));
        }
        return file.dataFrom(from)
                .filter(data -> data.offset() < to)
                .map(data -> new Extent(data.offset(), Math.min(to, data.end()) - data.offset()));
    }
}
