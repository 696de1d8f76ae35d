package io.diskvault.engine.qemu;

import io.diskvault.engine.nbd.NbdWriter;
import io.diskvault.engine.posix.Descriptor;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A new image, written through QEMU. For one thread at a time; must be closed, and is of no use unless it was
/// finished before.
public final class QemuWriter implements Closeable {

    /// The tools open the image as their standard input, so its name may change meanwhile, or be somebody else's.
    private static final String INPUT = "/proc/self/fd/0";

    private static final String FILE_OF_INPUT = "{\"driver\":\"file\",\"filename\":\"" + INPUT + "\"}";

    private static final int CREATE_SECONDS_MAX = 60;

    /// Slow disks take long to take what is still in memory.
    private static final int FINISH_SECONDS_MAX = 1800;

    /// Names that can stand in a VMDK's description.
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_. +-]{1,200}");

    private final Resources resources;
    private final DiskServer server;
    private final NbdWriter disk;
    private boolean finished;

    private QemuWriter(Resources resources, DiskServer server, NbdWriter disk) {
        this.resources = resources;
        this.server = server;
        this.disk = disk;
    }

    /// Makes an image of a file that is there and empty, and belongs to this process.
    ///
    /// @param name what the file will be called; some formats keep it
    /// @param sizeBytes of the disk, in whole sectors of 512 bytes
    /// @throws QemuMissingException when the tools are not installed
    public static QemuWriter create(QemuTools tools, QemuFormat format, Path file, String name, long sizeBytes)
            throws IOException {
        Resources resources = new Resources();
        try {
            tools.find(QemuTools.NBD);
            Descriptor descriptor = Descriptor.openForReading(file);
            resources.add(descriptor, descriptor::close);
            if (!descriptor.isRegularFile() || descriptor.sizeBytes() != 0 || !descriptor.isNamed(file)) {
                throw new FileSystemException(file.toString(), null, "Is not the file that was made for the disk");
            }
            Workplace place = resources.add(Workplace.create());
            createImage(tools, format, place, descriptor, name, sizeBytes);
            DiskServer server = resources.add(DiskServer.start(
                    tools,
                    place,
                    format,
                    FILE_OF_INPUT,
                    Optional.of(descriptor.self()),
                    List.of("--discard=unmap"),
                    name));
            NbdWriter disk = resources.add(server.connect(socket -> NbdWriter.open(socket, "")));
            if (disk.sizeBytes() != sizeBytes) {
                throw new IOException(
                        "%s became a disk of %d bytes, not of %d.".formatted(name, disk.sizeBytes(), sizeBytes));
            }
            return new QemuWriter(resources, server, disk);
        } catch (IOException | RuntimeException e) {
            resources.closeAfter(e);
            throw e;
        }
    }

    private static void createImage(
            QemuTools tools, QemuFormat format, Workplace place, Descriptor file, String name, long sizeBytes)
            throws IOException {
        String plain = PLAIN_NAME.matcher(name).matches() ? name : "disk." + format.driver();
        // A VMDK repeats the last part of the path that it was made by.
        Path directory = Files.createDirectory(place.path().resolve("new"));
        Path link = Files.createSymbolicLink(directory.resolve(plain), Path.of(INPUT));
        List<String> arguments =
                List.of("create", "-q", "-f", format.driver(), link.toString(), Long.toString(sizeBytes));
        try (Tool tool = Tool.start(tools, place, QemuTools.IMG, Optional.of(file.self()), arguments)) {
            tool.requireSuccess("qemu-img could not make " + name, CREATE_SECONDS_MAX);
        } finally {
            Files.delete(link);
            Files.delete(directory);
        }
    }

    /// Writes all remaining bytes of a buffer. What is never written reads as zeros.
    public void write(ByteBuffer bytes, long position) throws IOException {
        try {
            disk.write(bytes, position);
        } catch (IOException e) {
            throw server.explained("written", e);
        }
    }

    /// Makes everything durable, and the image complete.
    public void finish() throws IOException {
        try {
            disk.flush();
        } catch (IOException e) {
            throw server.explained("written", e);
        }
        disk.close();
        server.finish(FINISH_SECONDS_MAX);
        finished = true;
    }

    @Override
    public void close() throws IOException {
        if (!finished) {
            // It would make everything durable first that nobody wants any more.
            server.kill();
        }
        resources.close();
    }
}
