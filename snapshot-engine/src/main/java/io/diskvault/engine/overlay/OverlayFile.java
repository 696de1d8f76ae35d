package io.diskvault.engine.overlay;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.OverlayUnusableException;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.InputFile;
import io.diskvault.engine.storage.LockedFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// The file of an overlay: a header, a page for each stretch of blocks that says which of them were written, and the
/// blocks themselves, each at its own place. What was never written takes no room. Thread-safe.
final class OverlayFile implements AutoCloseable {

    /// How many pages are read at a time.
    private static final int PAGES_AT_ONCE = 256;

    private static final ByteBuffer NEVER_WRITTEN = ByteBuffer.allocate(StatePage.BYTES);

    private static final String LOST = "What was written to it is lost, at least in part. Make another overlay.";

    private final Directory directory;
    private final String name;
    private final LockedFile file;
    private final OverlayHeader header;
    private final BlockStates states;
    private final ReentrantLock flushing = new ReentrantLock();
    private volatile boolean unsynced;
    private volatile boolean givenUp;

    private OverlayFile(Directory directory, String name, LockedFile file, OverlayHeader header, BlockStates states) {
        this.directory = directory;
        this.name = name;
        this.file = file;
        this.header = header;
        this.states = states;
    }

    /// Makes a file. When this returns, it is durable and locked.
    ///
    /// @throws OverlayUnusableException when there is something of that name already
    static OverlayFile create(Directory directory, String name, OverlayHeader header)
            throws IOException, DatastoreException {
        if (directory.exists(name)) {
            throw exists(name);
        }
        String temporary = unfinished(name);
        if (!directory.deleteAbandoned(temporary)) {
            throw new OverlayUnusableException(name + " is just being made by somebody else. Choose another name.");
        }
        LockedFile file = directory.createForUpdate(temporary);
        String known = temporary;
        try {
            file.write(header.encode(), 0);
            file.setLength(header.contentStart() + header.blockCount() * header.blockBytes());
            file.sync();
            directory.publish(temporary, name);
            known = name;
            directory.syncDirectory("");
            return new OverlayFile(directory, name, file, header, new BlockStates());
        } catch (FileAlreadyExistsException e) {
            remove(directory, known, file, e);
            throw exists(name);
        } catch (IOException e) {
            remove(directory, known, file, e);
            throw e;
        }
    }

    private static String unfinished(String name) {
        return "." + name + ".unfinished";
    }

    private static OverlayUnusableException exists(String name) {
        return new OverlayUnusableException(
                name + " is there already. Open it to go on with what was written to it, or choose another name.");
    }

    private static void remove(Directory directory, String name, LockedFile file, IOException failure) {
        try {
            directory.delete(name);
            file.close();
        } catch (IOException leftBehind) {
            failure.addSuppressed(leftBehind);
        }
    }

    /// Opens a file, and locks it.
    ///
    /// @param expected what it must begin with
    static OverlayFile open(Directory directory, String name, OverlayHeader expected)
            throws IOException, DatastoreException {
        // Who made it may have been cut off when it had both names.
        directory.deleteAbandoned(unfinished(name));
        LockedFile file;
        try {
            file = directory
                    .openForUpdate(name)
                    .orElseThrow(() -> new OverlayUnusableException(
                            name + " is in use: another export writes to it. Stop that first."));
        } catch (NoSuchFileException e) {
            throw doesNotExist(name);
        }
        try {
            OverlayHeader header = readHeader(file::read, name);
            if (!header.equals(expected)) {
                throw new OverlayUnusableException(name + " belongs to " + header.subject() + ", and not to "
                        + expected.subject() + " as it is now. Choose another file.");
            }
            return new OverlayFile(directory, name, file, header, readStates(file, name, header));
        } catch (IOException | DatastoreException e) {
            file.close();
            throw e;
        }
    }

    /// What a file begins with, also while somebody else uses it.
    static OverlayHeader header(Directory directory, String name) throws IOException, DatastoreException {
        try (InputFile file = directory.open(name)) {
            return readHeader(file::read, name);
        } catch (NoSuchFileException e) {
            throw doesNotExist(name);
        }
    }

    private static OverlayUnusableException doesNotExist(String name) {
        return new OverlayUnusableException(name + " does not exist. Make an overlay first.");
    }

    @FunctionalInterface
    private interface Reader {
        void read(ByteBuffer into, long position) throws IOException;
    }

    private static OverlayHeader readHeader(Reader file, String name) throws IOException, DatastoreException {
        ByteBuffer bytes = ByteBuffer.allocate(OverlayHeader.BYTES);
        try {
            file.read(bytes, 0);
        } catch (EOFException e) {
            throw new CorruptDatastoreException(
                    name + " is damaged, or no overlay: it is too short. Choose another file.", e);
        }
        return OverlayHeader.decode(bytes.flip(), name);
    }

    private static BlockStates readStates(LockedFile file, String name, OverlayHeader header)
            throws IOException, DatastoreException {
        if (file.sizeBytes() != header.contentStart() + header.blockCount() * header.blockBytes()) {
            throw new CorruptDatastoreException(
                    name + " is damaged: it has " + file.sizeBytes() + " bytes, which is not what it says. " + LOST);
        }
        BlockStates states = new BlockStates();
        ByteBuffer pages = ByteBuffer.allocate(PAGES_AT_ONCE * StatePage.BYTES);
        for (int first = 0; first < header.pageCount(); first += PAGES_AT_ONCE) {
            int count = Math.min(PAGES_AT_ONCE, header.pageCount() - first);
            file.read(pages.clear().limit(count * StatePage.BYTES), placeOfPage(first));
            pages.flip();
            for (int i = 0; i < count; i++) {
                addPage(pages.slice(i * StatePage.BYTES, StatePage.BYTES), first + i, name, states);
            }
        }
        return states;
    }

    private static void addPage(ByteBuffer bytes, int number, String name, BlockStates states)
            throws CorruptDatastoreException {
        // What was never written reads as zeros: no block of such a page was.
        if (bytes.mismatch(NEVER_WRITTEN) >= 0) {
            states.add(StatePage.read(bytes, number)
                    .orElseThrow(() -> new CorruptDatastoreException(
                            name + " is damaged: nobody knows what was written to it. " + LOST)));
        }
    }

    private static long placeOfPage(int number) {
        return OverlayHeader.BYTES + (long) number * StatePage.BYTES;
    }

    private long placeOf(long block) {
        return header.contentStart() + block * header.blockBytes();
    }

    OverlayHeader header() {
        return header;
    }

    BlockStates states() {
        return states;
    }

    /// Fills the rest of a buffer from a place in a block that was written, and those behind it.
    void read(long block, int start, ByteBuffer into) throws IOException {
        requireUsable();
        file.read(into, placeOf(block) + start);
    }

    /// Writes to a block. Its state is up to the caller, and is set afterwards.
    void write(long block, int start, ByteBuffer from) throws IOException {
        requireUsable();
        file.write(from, placeOf(block) + start);
    }

    /// Gives the room of a block back.
    void release(long block) throws IOException {
        file.release(placeOf(block), header.blockBytes());
    }

    /// Sets the state of a block whose content is where it should be.
    void set(long block, BlockState state) {
        states.set(block, state);
        changed();
    }

    /// Something was written that the next flush must make durable.
    void changed() {
        unsynced = true;
    }

    /// Makes everything durable whose write had returned when this was called.
    void flush() throws IOException {
        flushing.lock();
        try {
            requireUsable();
            if (unsynced) {
                unsynced = false;
                flushChanged();
            }
        } finally {
            flushing.unlock();
        }
    }

    private void flushChanged() throws IOException {
        // As they are before the sync: what they say was written is among what it makes durable.
        List<StatePage> dirty = states.takeDirty();
        List<ByteBuffer> encoded = new ArrayList<>();
        dirty.forEach(page -> encoded.add(page.encode()));
        sync();
        if (dirty.isEmpty()) {
            return;
        }
        try {
            for (int i = 0; i < encoded.size(); i++) {
                file.write(encoded.get(i), placeOfPage(dirty.get(i).number()));
            }
        } catch (IOException e) {
            // A full file system, for example: the next flush tries again.
            dirty.forEach(StatePage::makeDirty);
            unsynced = true;
            throw e;
        }
        sync();
    }

    private void sync() throws IOException {
        try {
            file.sync();
        } catch (IOException e) {
            // The operating system may have dropped what it could not write, and says so only once.
            givenUp = true;
            throw e;
        }
    }

    private void requireUsable() throws IOException {
        if (givenUp) {
            throw new IOException(name + " could not be made durable earlier, so that nobody knows what it holds by"
                    + " now. Export the recovery point anew: what was flushed before is there.");
        }
    }

    /// What was flushed stays.
    @Override
    public void close() throws IOException {
        try {
            if (!givenUp) {
                flush();
            }
        } finally {
            file.close();
        }
    }

    /// Removes the file.
    void discard() throws IOException {
        try {
            directory.delete(name);
        } finally {
            file.close();
        }
    }
}
