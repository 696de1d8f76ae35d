package io.diskvault.engine.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDirectoryTest implements DirectoryContract {

    @TempDir
    Path path;

    @Override
    public Directory directory() {
        return new LocalDirectory(path);
    }

    @Test
    void createsFilesThatOnlyTheirOwnerCanRead() throws IOException {
        directory().create("a").close();

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path.resolve("a"))));
    }
}
