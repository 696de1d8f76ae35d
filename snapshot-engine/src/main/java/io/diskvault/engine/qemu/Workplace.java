package io.diskvault.engine.qemu;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A directory for the sockets of one open image, which nobody else can enter. Must be closed.
///
/// @param path exists until this is closed
record Workplace(Path path) implements Closeable {

    private static final int LOG_BYTES_MAX = 4096;

    static Workplace create() throws IOException {
        // Made with permissions for its owner only.
        return new Workplace(Files.createTempDirectory("diskvault-qemu-"));
    }

    /// Where this process serves the image's file, by its name in the directory.
    String imageName() {
        return "image";
    }

    Path imageSocket() {
        return path.resolve(imageName());
    }

    /// Where QEMU serves the disk that is in the image.
    Path diskSocket() {
        return path.resolve("disk");
    }

    /// What the tools say.
    Path log() {
        return path.resolve("log");
    }

    /// What the tools said so far, in one line.
    String said() throws IOException {
        try (InputStream log = Files.newInputStream(log())) {
            String text = new String(log.readNBytes(LOG_BYTES_MAX), StandardCharsets.UTF_8);
            return text.strip().replaceAll("\\R+", "; ").replaceAll("\\p{C}", " ");
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(imageSocket());
        Files.deleteIfExists(diskSocket());
        Files.deleteIfExists(log());
        Files.deleteIfExists(path);
    }
}
