package io.diskvault.resourcegroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedRootsTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "vms,                   true,  true",
        "vms/deep/absent,       true,  true",
        "other,                 false, false",
        "vms-not,               false, false",
        "vms/data,              false, true",
        "vms/data/db,           false, true",
        "vms/data/images,       true,  true",
        "vms/data/images/web,   true,  true",
    })
    void disksAndDatastoresLieInsideAndTheServersOwnFilesAreNoDisks(String path, boolean disks, boolean datastores)
            throws IOException {
        Path real = directory.toRealPath();
        AllowedRoots roots = new AllowedRoots(
                List.of(real.resolve("vms"), real.resolve("vms/data/images")), real.resolve("vms/data"));
        assertEquals(disks, roots.allowDisksIn(real.resolve(path)));
        assertEquals(datastores, roots.allowDatastoreIn(real.resolve(path)));
    }

    @Test
    void nothingIsAllowedByAnEmptyText() {
        AllowedRoots roots = new AllowedRoots(List.of(Path.of("")), directory);
        assertFalse(roots.allowDisksIn(Path.of("").toAbsolutePath()));
        assertEquals(List.of(), roots.allowedRoots());
    }

    @Test
    void aRootMayBeALink() throws IOException {
        Path real = Files.createDirectory(directory.toRealPath().resolve("real"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);
        assertTrue(new AllowedRoots(List.of(link), directory.resolve("data")).allowDisksIn(real.resolve("web")));
    }
}
