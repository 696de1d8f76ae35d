package io.diskvault.snapshot;

import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.LocalDirectory;
import io.diskvault.engine.storage.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.UUID;

/// Writes small files that only their owner may read, that are whole or not there, and that never change.
public final class LastingFile {
    private LastingFile() {}

    /// @param directory is there; the names in it are durable when this returns
    /// @throws java.nio.file.FileAlreadyExistsException when the name is taken
    public static void publish(Path directory, String name, byte[] content) throws IOException {
        Directory place = new LocalDirectory(directory);
        WholeFile.publish(place, "." + UUID.randomUUID() + ".unfinished", name, ByteBuffer.wrap(content));
        place.syncDirectory("");
    }
}
