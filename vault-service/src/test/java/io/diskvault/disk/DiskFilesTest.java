package io.diskvault.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskvault.command.CommandRejected;
import io.diskvault.engine.source.DiskFormat;
import io.diskvault.resourcegroup.AllowedRoots;
import io.diskvault.resourcegroup.view.ResourceGroupRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiskFilesTest {
    @TempDir
    Path directory;

    Path root;
    Path image;
    ResourceGroupRow group;
    DiskFiles files;

    @BeforeEach
    void prepare() throws IOException {
        root = Files.createDirectory(directory.toRealPath().resolve("disks"));
        image = Files.writeString(root.resolve("web-1.img"), "disk");
        Files.writeString(directory.resolve("secret.img"), "secret");
        group = new ResourceGroupRow("vm-disks", root.toString(), null, Instant.EPOCH);
        Path data = Files.createDirectory(root.resolve("data"));
        files = new DiskFiles(new AllowedRoots(List.of(root), data));
    }

    private void assertRefused(DiskRejection reason, String source) {
        assertEquals(
                reason,
                assertThrows(CommandRejected.class, () -> files.resolve(group, source))
                        .rejection());
    }

    @Test
    void findsAFileByItsPathInTheGroup() {
        assertEquals(image, files.resolve(group, "file:web-1.img"));
        assertEquals(image, files.resolve(group, "file:./data/../web-1.img"));
        assertEquals(image, files.resolve(group, "file:" + image));
        assertEquals(image, files.resolve(group, "file://" + image));
        assertEquals(4, files.sizeBytes(group, image, DiskFormat.RAW));
    }

    @Test
    void followsLinksThatStayInside() throws IOException {
        Files.createSymbolicLink(root.resolve("current.img"), Path.of("web-1.img"));
        assertEquals(image, files.resolve(group, "file:current.img"));
    }

    @Test
    void takesThePathAsItStands() throws IOException {
        Path odd = Files.writeString(root.resolve("a b%20#?.img"), "disk");
        assertEquals(odd, files.resolve(group, "file:a b%20#?.img"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:../secret.img",
                "file:/etc/passwd",
                "file:/etc/no-such-file",
                "file:///etc/passwd",
                "file:a/../../secret.img",
                "file://host/web-1.img",
                "file:a\0b",
                "file:../disks-not/x"
            })
    void refusesWhatLiesOutside(String source) {
        assertRefused(DiskRejection.DISK_SOURCE_INVALID, source);
    }

    @Test
    void refusesLinksThatLeadOutOrNowhere() throws IOException {
        Files.createSymbolicLink(root.resolve("out.img"), directory.resolve("secret.img"));
        Files.createSymbolicLink(root.resolve("up"), directory);
        Files.createSymbolicLink(root.resolve("nowhere.img"), root.resolve("absent"));
        Files.createSymbolicLink(root.resolve("loop.img"), Path.of("loop.img"));
        assertRefused(DiskRejection.DISK_SOURCE_INVALID, "file:out.img");
        assertRefused(DiskRejection.DISK_SOURCE_INVALID, "file:up/secret.img");
        assertRefused(DiskRejection.DISK_SOURCE_INVALID, "file:up/no-such-file");
        assertRefused(DiskRejection.DISK_SOURCE_INVALID, "file:nowhere.img");
        assertRefused(DiskRejection.DISK_SOURCE_INVALID, "file:loop.img");
    }

    @Test
    void refusesTheServersOwnFiles() throws IOException {
        Files.writeString(root.resolve("data/key"), "secret");
        assertRefused(DiskRejection.DISK_SOURCE_INVALID, "file:data/key");
    }

    @Test
    void refusesWhatIsNoDisk() throws Exception {
        Files.createFile(root.resolve("empty.img"));
        Path pipe = root.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        assertRefused(DiskRejection.DISK_SOURCE_INVALID, "file:empty.img");
        assertRefused(DiskRejection.DISK_TYPE_NOT_SUPPORTED, "file:pipe");
        assertRefused(DiskRejection.DISK_TYPE_NOT_SUPPORTED, "file:");
        assertRefused(DiskRejection.DISK_TYPE_NOT_SUPPORTED, "file:.");
        assertRefused(DiskRejection.DISK_FILE_MISSING, "file:absent.img");
        assertRefused(DiskRejection.DISK_FILE_MISSING, "file:web-1.img/below");
        assertRefused(DiskRejection.DISK_TYPE_NOT_SUPPORTED, "nbd://host/export");
        assertRefused(DiskRejection.DISK_TYPE_NOT_SUPPORTED, "web-1.img");
    }

    /// Needs root and a kernel with loop devices.
    @Test
    void findsABlockDeviceAndItsSize() throws Exception {
        Path backing = Files.write(root.resolve("backing"), new byte[1 << 20]);
        String device = output("losetup", "--find", "--show", backing.toString());
        assumeTrue(device.startsWith("/dev/"), "losetup is not available here, so block devices are not tried");
        try {
            ResourceGroupRow devices = new ResourceGroupRow("devices", "/dev", null, Instant.EPOCH);
            Path found = files.resolve(devices, "file:" + Path.of(device).getFileName());
            assertEquals(Path.of(device), found);
            assertEquals(1 << 20, files.sizeBytes(devices, found, DiskFormat.RAW));
        } finally {
            output("losetup", "--detach", device);
        }
    }

    private static String output(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        } catch (IOException _) {
            return "";
        }
    }

    @Test
    void refusesAGroupWithoutDisks() {
        group = new ResourceGroupRow("snapshots", null, "/backup", Instant.EPOCH);
        assertRefused(DiskRejection.DISK_SOURCE_INVALID, "file:web-1.img");
    }
}
