package io.diskvault.engine.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;

/// Writes a small file so that it has its name only when it is complete and its bytes are durable. The name itself
/// lasts from the sync of its directory on, which is up to the caller.
public final class WholeFile {

    private WholeFile() {}

    /// @param temporaryName in the same directory as the name, and nobody else's
    /// @throws FileAlreadyExistsException when the name is taken
    public static void publish(Directory directory, String temporaryName, String name, ByteBuffer content)
            throws IOException {
        OutputFile created = directory.create(temporaryName);
        try {
            try (OutputFile file = created) {
                file.write(content.duplicate(), 0);
                file.sync();
            }
            directory.publish(temporaryName, name);
        } catch (IOException e) {
            try {
                directory.delete(temporaryName);
            } catch (IOException leftBehind) {
                e.addSuppressed(leftBehind);
            }
            throw e;
        }
    }
}
