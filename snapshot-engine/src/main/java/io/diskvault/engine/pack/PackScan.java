package io.diskvault.engine.pack;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.chunk.ChunkHasher;
import io.diskvault.engine.chunk.ChunkOpener;
import io.diskvault.engine.chunk.ChunkSealer;
import io.diskvault.engine.format.Checksum;
import io.diskvault.engine.key.DataKey;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.InputFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.LongConsumer;
import javax.crypto.SecretKey;

/// Checks the chunks of packs, reading each pack once from its start to its end. Belongs to one thread; must be
/// closed.
public final class PackScan implements AutoCloseable {

    /// Reading less at once costs system calls, reading more costs memory.
    private static final int WINDOW_BYTES = 1 << 20;

    private final Directory directory;
    private final DataKey dataKey;
    private final ChunkOpener opener;
    private final ChunkHasher hasher;
    private final byte[] plain;
    private final byte[] window;

    /// Learns what is wrong with a chunk.
    @FunctionalInterface
    public interface Faults {
        /// @param entry the number of the entry in the table
        /// @param problem a [CorruptDatastoreException] when it is damaged, an [IOException] when the storage
        ///     cannot read it
        void add(int entry, Exception problem);
    }

    public PackScan(Directory directory, DataKey dataKey, int plainBytesMax) {
        this.directory = directory;
        this.dataKey = dataKey;
        this.opener = new ChunkOpener(plainBytesMax);
        this.hasher = new ChunkHasher(dataKey.chunkIdKey());
        this.plain = new byte[plainBytesMax];
        this.window = new byte[Math.max(WINDOW_BYTES, ChunkSealer.sealedBytesMax(plainBytesMax))];
    }

    /// Compares every chunk with its checksum, and opens some.
    ///
    /// @param entries the table of the pack, whole: then the chunks follow each other without gaps
    /// @param toOpen which chunks are to be opened, too
    /// @param faults told at most once for each chunk
    /// @param tick told how many bytes were read, again and again
    public void scan(PackId id, List<PackEntry> entries, IntPredicate toOpen, Faults faults, LongConsumer tick)
            throws IOException {
        try (InputFile file = directory.open(id.file())) {
            SecretKey key = dataKey.packKey(id.bytes());
            int first = 0;
            while (first < entries.size()) {
                int end = endOfWindow(entries, first);
                int start = entries.get(first).place().offset();
                ChunkPlace last = entries.get(end - 1).place();
                int length = Math.min(window.length, last.offset() + last.sealedLength() - start);
                boolean readable = read(file, start, length);
                for (int i = first; i < end; i++) {
                    Optional<Exception> problem = readable
                            ? check(entries.get(i), entries.get(i).place().offset() - start, key, toOpen.test(i))
                            : checkAlone(file, entries.get(i), key, toOpen.test(i));
                    if (problem.isPresent()) {
                        faults.add(i, problem.get());
                    }
                }
                tick.accept(length);
                first = end;
            }
        }
    }

    private int endOfWindow(List<PackEntry> entries, int first) {
        int start = entries.get(first).place().offset();
        int end = first + 1;
        while (end < entries.size()
                && entries.get(end).place().offset() + entries.get(end).place().sealedLength() - start
                        <= window.length) {
            end++;
        }
        return end;
    }

    private boolean read(InputFile file, int start, int length) {
        try {
            file.read(ByteBuffer.wrap(window, 0, length), start);
            return true;
        } catch (IOException e) {
            // Some of it may be readable. Which is found out chunk by chunk.
            return false;
        }
    }

    private Optional<Exception> checkAlone(InputFile file, PackEntry entry, SecretKey key, boolean toOpen) {
        int length = Math.min(window.length, entry.place().sealedLength());
        try {
            file.read(ByteBuffer.wrap(window, 0, length), entry.place().offset());
        } catch (EOFException e) {
            return damaged(entry, "the pack ends before chunk " + entry.id() + " does");
        } catch (IOException e) {
            return Optional.of(e);
        }
        return check(entry, 0, key, toOpen);
    }

    private Optional<Exception> check(PackEntry entry, int at, SecretKey key, boolean toOpen) {
        ChunkPlace place = entry.place();
        int length = place.sealedLength();
        if (length > window.length - at || place.plainLength() > plain.length || place.plainLength() < 1) {
            return damaged(entry, "chunk " + entry.id() + " has an impossible length");
        }
        if (Checksum.crc32c(window, at, length) != entry.checksum()) {
            return damaged(entry, "chunk " + entry.id() + " is damaged: its checksum is wrong");
        }
        if (toOpen) {
            try {
                open(entry, at, key);
            } catch (CorruptDatastoreException e) {
                return Optional.of(e.within(place.toString()));
            }
        }
        return Optional.empty();
    }

    private void open(PackEntry entry, int at, SecretKey key) throws CorruptDatastoreException {
        ChunkPlace place = entry.place();
        // The opener wants a chunk at the start. What was there has been checked already.
        System.arraycopy(window, at, window, 0, place.sealedLength());
        opener.open(
                window,
                place.sealedLength(),
                entry.id(),
                place.plainLength(),
                key,
                place.offset(),
                ByteBuffer.wrap(plain));
        // A restore trusts the checksum in the seal. Here is the time to compute the name itself.
        if (!hasher.id(plain, 0, place.plainLength()).equals(entry.id())) {
            throw new CorruptDatastoreException("The content of chunk " + entry.id() + " is not what its id says.");
        }
    }

    private static Optional<Exception> damaged(PackEntry entry, String how) {
        return Optional.of(new CorruptDatastoreException(entry.place() + ": " + how + "."));
    }

    @Override
    public void close() {
        opener.close();
    }
}
