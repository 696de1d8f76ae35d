package io.diskvault.engine.pack;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.MissingPackException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.chunk.ChunkOpener;
import io.diskvault.engine.chunk.ChunkSealer;
import io.diskvault.engine.key.DataKey;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.InputFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import javax.crypto.SecretKey;

/// Reads chunks out of packs and keeps the last few packs open. Belongs to one thread.
public final class PackReader implements AutoCloseable {

    /// Neighbouring blocks of a disk lie in few packs; more open files would not help, and every worker has its own.
    private static final int OPEN_PACKS_MAX = 8;

    private final Directory directory;
    private final DataKey dataKey;
    private final ChunkOpener opener;
    private final int plainBytesMax;
    private final byte[] sealed;
    private final LinkedHashMap<PackId, OpenPack> open = new LinkedHashMap<>(16, 0.75f, true);

    private record OpenPack(InputFile file, SecretKey key) {}

    public PackReader(Directory directory, DataKey dataKey, int plainBytesMax) {
        this.directory = directory;
        this.dataKey = dataKey;
        this.plainBytesMax = plainBytesMax;
        this.opener = new ChunkOpener(plainBytesMax);
        this.sealed = new byte[ChunkSealer.sealedBytesMax(plainBytesMax)];
    }

    /// Reads a chunk into the start of an array, and answers its length.
    public int read(ChunkId id, ChunkPlace place, byte[] plain) throws IOException, DatastoreException {
        return read(id, place, ByteBuffer.wrap(plain));
    }

    /// Reads a chunk into a buffer, and answers its length. What it gives is exactly the chunk that was asked for;
    /// everything else is an exception that names the place, and leaves the buffer's position alone.
    public int read(ChunkId id, ChunkPlace place, ByteBuffer plain) throws IOException, DatastoreException {
        if (place.sealedLength() > sealed.length
                || place.sealedLength() < 0
                || place.plainLength() > Math.min(plainBytesMax, plain.remaining())
                || place.plainLength() < 0) {
            throw new CorruptDatastoreException(place + ": the index gives chunk " + id + " an impossible length.");
        }
        OpenPack pack = openPack(place.pack());
        try {
            pack.file.read(ByteBuffer.wrap(sealed, 0, place.sealedLength()), place.offset());
            opener.open(sealed, place.sealedLength(), id, place.plainLength(), pack.key, place.offset(), plain);
            return place.plainLength();
        } catch (EOFException e) {
            throw new CorruptDatastoreException(place + ": the pack ends before chunk " + id + " does.", e);
        } catch (CorruptDatastoreException e) {
            throw e.within(place.toString());
        }
    }

    private OpenPack openPack(PackId id) throws IOException, DatastoreException {
        OpenPack known = open.get(id);
        if (known != null) {
            return known;
        }
        if (open.size() >= OPEN_PACKS_MAX) {
            open.pollFirstEntry().getValue().file.close();
        }
        InputFile file;
        try {
            file = directory.open(id.file());
        } catch (NoSuchFileException e) {
            throw new MissingPackException(id.file() + " is missing, but the index refers to it.", e);
        }
        try {
            checkHeader(id, file);
        } catch (IOException | DatastoreException e) {
            file.close();
            throw e;
        }
        OpenPack pack = new OpenPack(file, dataKey.packKey(id.bytes()));
        open.put(id, pack);
        return pack;
    }

    private static void checkHeader(PackId id, InputFile file) throws IOException, DatastoreException {
        ByteBuffer header = ByteBuffer.allocate(PackFormat.HEADER_BYTES);
        try {
            file.read(header, 0);
        } catch (EOFException e) {
            throw new CorruptDatastoreException(id.file() + " is damaged: it is too short to be a pack.", e);
        }
        PackFormat.readHeader(header.flip(), id);
    }

    @Override
    public void close() throws IOException {
        opener.close();
        for (OpenPack pack : open.values()) {
            pack.file.close();
        }
    }
}
