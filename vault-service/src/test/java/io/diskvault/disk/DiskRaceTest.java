package io.diskvault.disk;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.command.CommandRejected;
import io.diskvault.engine.source.DiskFormat;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.resourcegroup.AllowedRoots;
import io.diskvault.resourcegroup.view.ResourceGroupRow;
import io.diskvault.snapshot.DiskSources;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody exchanges directories for links while disks are being opened.
final class DiskRaceTest {
    private static final int TRIES = 2_000;

    @TempDir
    Path directory;

    private Path root;
    private Path outside;
    private Path data;
    private ResourceGroupRow group;
    private DiskFiles files;

    @BeforeEach
    void prepare() throws IOException {
        Path base = directory.toRealPath();
        root = Files.createDirectory(base.resolve("disks"));
        outside = Files.createDirectory(base.resolve("outside"));
        data = Files.createDirectory(root.resolve("server"));
        for (Path secret : List.of(outside, data)) {
            Files.writeString(secret.resolve("web.img"), "secret");
        }
        Files.writeString(Files.createDirectory(root.resolve("vm")).resolve("web.img"), "public");
        group = new ResourceGroupRow("vm-disks", root.toString(), null, Instant.EPOCH);
        files = new DiskFiles(new AllowedRoots(List.of(base), data));
    }

    @Test
    void aDirectoryThatBecomesALinkOutsideIsNeverFollowed() throws Exception {
        race(root.resolve("vm"), outside);
    }

    @Test
    void aDirectoryThatBecomesALinkToTheServersOwnIsNeverFollowed() throws Exception {
        race(root.resolve("vm"), Path.of("server"));
    }

    @Test
    void aRootThatBecomesALinkIsNeverFollowed() throws Exception {
        Files.writeString(Files.createDirectory(outside.resolve("vm")).resolve("web.img"), "secret");
        race(root, outside);
    }

    /// Reads the disk again and again while its directory is exchanged for a link to another one and back.
    private void race(Path swapped, Path target) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Path aside = swapped.resolveSibling("aside");
        Path link = swapped.resolveSibling("link");
        Thread swapper = Thread.ofPlatform().start(() -> {
            try {
                while (!done.get()) {
                    Files.move(swapped, aside);
                    Files.createSymbolicLink(link, target);
                    Files.move(link, swapped);
                    Files.delete(swapped);
                    Files.move(aside, swapped);
                }
            } catch (IOException failure) {
                throw new IllegalStateException(failure);
            }
        });
        int opened = 0;
        int refused = 0;
        try {
            long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            for (int i = 0; (i < TRIES || opened == 0 || refused == 0) && System.nanoTime() < deadline; i++) {
                try {
                    assertEquals("public", content());
                    opened++;
                } catch (CommandRejected | IOException safe) {
                    refused++;
                }
            }
        } finally {
            done.set(true);
            swapper.join();
        }
        System.out.println("raced: opened " + opened + ", refused " + refused);
        assertTrue(opened > 0 && refused > 0, "opened " + opened + ", refused " + refused);
    }

    private String content() throws IOException {
        Path file = files.resolve(group, "file:vm/web.img");
        try (DiskSource source = DiskSources.open(DiskFiles.rootOf(group), file, DiskFormat.RAW)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) source.sizeBytes());
            source.read(bytes, 0);
            return new String(bytes.array(), US_ASCII);
        }
    }

    @Test
    void aRootThatWasReplacedByALinkIsRefused() throws IOException {
        Path file = files.resolve(group, "file:vm/web.img");
        Files.move(root, root.resolveSibling("aside"));
        Files.createDirectory(outside.resolve("vm"));
        Files.createSymbolicLink(root, outside);

        assertThrows(CommandRejected.class, () -> files.resolve(group, "file:web.img"));
        assertThrows(
                IOException.class,
                () -> DiskSources.open(Path.of(String.valueOf(group.disksRoot())), file, DiskFormat.RAW));
    }
}
