package io.diskvault.engine.restore;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.vhd.VhdFooter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// A fixed VHD in a new file: the disk, and a footer behind it.
///
/// @param file as long as both; is closed with this target
record FixedVhdTarget(RestoreTarget file, VhdFooter footer) implements RestoreTarget {

    @Override
    public void write(ByteBuffer bytes, long position) throws IOException {
        file.write(bytes, position);
    }

    @Override
    public void clear(long position, long length) throws IOException {
        file.clear(position, length);
    }

    @Override
    public Optional<DiskSource> held() {
        return file.held();
    }

    @Override
    public boolean isResumed() {
        return file.isResumed();
    }

    @Override
    public void leave() {
        file.leave();
    }

    @Override
    public void commit() throws IOException, DatastoreException {
        file.write(footer.encode(), footer.diskBytes());
        file.commit();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
