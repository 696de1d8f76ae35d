package io.diskvault.engine.pack;

import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.chunk.ChunkSealer;
import io.diskvault.engine.format.Checksum;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.OutputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.SecretKey;

/// Writes one pack. Belongs to one thread at a time; after any exception it can only be discarded.
public final class PackWriter {

    /// Large enough that a pack costs few system calls, small enough that some dozens of them fit in memory.
    private static final int BUFFER_BYTES = 1 << 20;

    private final Directory directory;
    private final PackId id;
    private final SecretKey key;
    private final OutputFile file;
    private final byte[] buffer;
    private final List<PackEntry> entries = new ArrayList<>();
    private int buffered;
    private long written;

    private PackWriter(Directory directory, PackId id, SecretKey key, OutputFile file, byte[] buffer) {
        this.directory = directory;
        this.id = id;
        this.key = key;
        this.file = file;
        this.buffer = buffer;
    }

    public static PackWriter create(Directory directory, PackId id, PackKind kind, SecretKey key, int plainBytesMax)
            throws IOException {
        directory.createDirectory(PackId.DIRECTORY);
        directory.createDirectory(id.directory());
        byte[] buffer = new byte[BUFFER_BYTES + ChunkSealer.sealedBytesMax(plainBytesMax)];
        PackWriter writer = new PackWriter(directory, id, key, directory.create(temporaryName(id)), buffer);
        ByteBuffer header = ByteBuffer.wrap(buffer);
        PackFormat.writeHeader(header, id, kind);
        writer.buffered = header.position();
        return writer;
    }

    private static String temporaryName(PackId id) {
        return id.file() + ".unfinished";
    }

    public PackId id() {
        return id;
    }

    /// The length of the file so far.
    public long sizeBytes() {
        return written + buffered;
    }

    /// Seals a chunk and appends it.
    public void append(ChunkId chunk, byte[] plain, int offset, int length, ChunkSealer sealer) throws IOException {
        int place = Math.toIntExact(sizeBytes());
        int sealed = sealer.seal(plain, offset, length, chunk, key, place, buffer, buffered);
        int checksum = Checksum.crc32c(buffer, buffered, sealed);
        entries.add(new PackEntry(chunk, new ChunkPlace(id, place, sealed, length), checksum));
        buffered += sealed;
        if (buffered >= BUFFER_BYTES) {
            flush();
        }
    }

    /// Ends the pack and publishes it. Its bytes are durable afterwards; its name is not until the directories are
    /// synced.
    public List<PackEntry> finish() throws IOException {
        int tableOffset = Math.toIntExact(sizeBytes());
        flush();
        ByteBuffer end = ByteBuffer.allocate(entries.size() * PackEntry.BYTES + PackFormat.FOOTER_BYTES);
        PackFormat.writeTableAndFooter(end, id, tableOffset, entries);
        write(end.flip());
        file.sync();
        file.close();
        directory.publish(temporaryName(id), id.file());
        return List.copyOf(entries);
    }

    /// Gives up an unfinished pack.
    public void discard() throws IOException {
        file.close();
        directory.delete(temporaryName(id));
    }

    private void flush() throws IOException {
        write(ByteBuffer.wrap(buffer, 0, buffered));
        buffered = 0;
    }

    private void write(ByteBuffer bytes) throws IOException {
        int count = bytes.remaining();
        file.write(bytes, written);
        written += count;
    }
}
