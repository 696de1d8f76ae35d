package io.diskvault.engine.restore;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.vhd.DynamicVhdWriter;
import io.diskvault.engine.vhd.VhdFooter;
import java.io.IOException;
import java.nio.ByteBuffer;

/// A dynamic VHD in a new file.
final class DynamicVhdTarget implements RestoreTarget {

    private final RestoreTarget file;
    private final DynamicVhdWriter writer;

    /// @param file new and empty; is closed with this target
    DynamicVhdTarget(RestoreTarget file, VhdFooter footer) {
        this.file = file;
        this.writer = new DynamicVhdWriter(footer, file::write);
    }

    @Override
    public void write(ByteBuffer bytes, long position) throws IOException {
        writer.write(bytes, position);
    }

    /// What was never written reads as zeros.
    @Override
    public void clear(long position, long length) {}

    @Override
    public void commit() throws IOException, DatastoreException {
        writer.finish();
        file.commit();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
