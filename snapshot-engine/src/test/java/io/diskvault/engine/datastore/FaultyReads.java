package io.diskvault.engine.datastore;

import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.ExistingFile;
import io.diskvault.engine.storage.InputFile;
import io.diskvault.engine.storage.LockedFile;
import io.diskvault.engine.storage.OutputFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;

/// A directory on storage that fails to read a part of one file, or is read-only, when a test says so.
final class FaultyReads implements Directory {

    private final Directory files;
    private volatile String broken = "";
    private volatile long start;
    private volatile long end;
    private volatile boolean readOnly;

    FaultyReads(Directory files) {
        this.files = files;
    }

    /// Makes every read fail that touches a part of a file.
    void failReads(String file, long from, long to) {
        broken = file;
        start = from;
        end = to;
    }

    void healReads() {
        broken = "";
    }

    void refuseWrites() {
        readOnly = true;
    }

    private void checkWritable(String name) throws IOException {
        if (readOnly) {
            throw new FileSystemException(name, null, "Read-only file system");
        }
    }

    @Override
    public OutputFile create(String name) throws IOException {
        checkWritable(name);
        return files.create(name);
    }

    @Override
    public OutputFile createLocked(String name) throws IOException {
        checkWritable(name);
        return files.createLocked(name);
    }

    @Override
    public LockedFile createForUpdate(String name) throws IOException {
        checkWritable(name);
        return files.createForUpdate(name);
    }

    @Override
    public Optional<LockedFile> openForUpdate(String name) throws IOException {
        checkWritable(name);
        return files.openForUpdate(name);
    }

    @Override
    public ExistingFile openLocked(String name) throws IOException {
        checkWritable(name);
        return files.openLocked(name);
    }

    @Override
    public boolean deleteAbandoned(String name) throws IOException {
        return files.deleteAbandoned(name);
    }

    @Override
    public InputFile open(String name) throws IOException {
        InputFile file = files.open(name);
        return name.equals(broken) ? new FaultyFile(file, start, end) : file;
    }

    private record FaultyFile(InputFile file, long start, long end) implements InputFile {

        @Override
        public long sizeBytes() throws IOException {
            return file.sizeBytes();
        }

        @Override
        public void read(ByteBuffer into, long position) throws IOException {
            if (position < end && position + into.remaining() > start) {
                throw new IOException("Input/output error");
            }
            file.read(into, position);
        }

        @Override
        public MemorySegment map() throws IOException {
            return file.map();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    @Override
    public void publish(String temporaryName, String name) throws IOException {
        checkWritable(name);
        files.publish(temporaryName, name);
    }

    @Override
    public void replace(String temporaryName, String name) throws IOException {
        checkWritable(name);
        files.replace(temporaryName, name);
    }

    @Override
    public boolean delete(String name) throws IOException {
        checkWritable(name);
        return files.delete(name);
    }

    @Override
    public void createDirectory(String name) throws IOException {
        checkWritable(name);
        files.createDirectory(name);
    }

    @Override
    public void syncDirectory(String name) throws IOException {
        files.syncDirectory(name);
    }

    @Override
    public List<String> list(String name) throws IOException {
        return files.list(name);
    }

    @Override
    public boolean exists(String name) throws IOException {
        return files.exists(name);
    }
}
