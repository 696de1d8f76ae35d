package io.diskvault.engine.qemu;

import io.diskvault.engine.nbd.Export;
import io.diskvault.engine.nbd.NbdDisk;
import io.diskvault.engine.nbd.NbdLimits;
import io.diskvault.engine.nbd.NbdServer;
import io.diskvault.engine.posix.Descriptor;
import io.diskvault.engine.source.DiskFormatException;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.source.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The disk in an image, read through QEMU.
public final class QemuSource implements DiskSource {

    /// Whoever runs a virtual machine on an image has a lock on this byte of it, by QEMU's agreement with itself.
    private static final long WRITER_LOCK_AT = 101;

    private final Resources resources;
    private final Path path;
    private final DiskSource file;
    private final ImageExport image;
    private final DiskServer server;
    private final NbdDisk disk;

    private QemuSource(
            Resources resources, Path path, DiskSource file, ImageExport image, DiskServer server, NbdDisk disk) {
        this.resources = resources;
        this.path = path;
        this.file = file;
        this.image = image;
        this.server = server;
        this.disk = disk;
    }

    /// Opens the disk in an image. Takes over the descriptor, also when it fails.
    ///
    /// @param path what to call the image in messages
    /// @throws DiskFormatException when it is not in that format, needs other files, or is being written to
    /// @throws QemuMissingException when the tools are not installed
    public static DiskSource open(QemuTools tools, QemuFormat format, Descriptor descriptor, Path path)
            throws IOException {
        Resources resources = new Resources();
        try {
            DiskSource file = DiskSource.of(descriptor, path);
            resources.add(file, file::close);
            requireUnused(descriptor, path);
            ImageExport image = ImageExport.of(file);
            format.check(image.head(), path.toString());
            tools.find(QemuTools.NBD);
            Workplace place = resources.add(Workplace.create());
            serve(resources, place, image, path);
            DiskServer server = resources.add(DiskServer.start(
                    tools,
                    place,
                    format,
                    "{\"driver\":\"nbd\",\"server\":{\"type\":\"unix\",\"path\":\"%s\"},\"export\":\"\"}"
                            .formatted(place.imageName()),
                    Optional.empty(),
                    List.of("--read-only"),
                    path.toString()));
            NbdDisk disk = server.connect(socket -> NbdDisk.open(socket, "", DiskServer.CLIENTS_MAX));
            resources.add(disk, disk::close);
            return new QemuSource(resources, path, file, image, server, disk);
        } catch (IOException | RuntimeException e) {
            resources.closeAfter(e);
            throw e;
        }
    }

    private static void requireUnused(Descriptor descriptor, Path path) throws IOException {
        if (descriptor.isLockedAt(WRITER_LOCK_AT)) {
            throw new DiskFormatException(
                    "%s is in use: a virtual machine, or another program of QEMU, writes to it. What says where its data lies would be read while it changes. Stop the machine first, or back up a copy."
                            .formatted(path));
        }
    }

    private static void serve(Resources resources, Workplace place, ImageExport image, Path path) throws IOException {
        Export export = new Export("", path.toString(), image);
        NbdServer server = NbdServer.onSocket(place.imageSocket(), new OnlyExport(export), NbdLimits.DEFAULT);
        resources.add(server, server::close);
    }

    @Override
    public long sizeBytes() {
        return disk.sizeBytes();
    }

    @Override
    public Optional<Extent> dataFrom(long offset) throws IOException {
        try {
            return disk.dataFrom(offset);
        } catch (IOException e) {
            throw explained(e);
        }
    }

    @Override
    public void read(ByteBuffer into, long offset) throws IOException {
        try {
            disk.read(into, offset);
        } catch (IOException e) {
            throw explained(e);
        }
    }

    private IOException explained(IOException failure) throws IOException {
        Optional<IOException> cause = image.failure();
        return cause.isPresent() ? cause.get() : server.explained("read", failure);
    }

    @Override
    public boolean changedSinceOpened() throws IOException {
        return file.changedSinceOpened();
    }

    @Override
    public void close() throws IOException {
        resources.close();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
