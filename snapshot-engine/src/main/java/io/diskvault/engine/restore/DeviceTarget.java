package io.diskvault.engine.restore;

import io.diskvault.engine.posix.Descriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A block device, written in place: when a restore to it fails, what it held is gone.
final class DeviceTarget implements RestoreTarget {

    private static final int ZEROS_BYTES = 1 << 20;

    private final Descriptor descriptor;
    private final FileChannel channel;

    private DeviceTarget(Descriptor descriptor, FileChannel channel) {
        this.descriptor = descriptor;
        this.channel = channel;
    }

    static DeviceTarget open(Path path, long sizeBytes) throws IOException {
        Descriptor descriptor = Descriptor.openDeviceExclusively(path);
        try {
            long room = descriptor.sizeBytes();
            if (room < sizeBytes) {
                throw new FileSystemException(
                        path.toString(), null, "Has " + room + " bytes, but the disk needs " + sizeBytes + ".");
            }
            return new DeviceTarget(descriptor, descriptor.channel(StandardOpenOption.WRITE));
        } catch (IOException e) {
            descriptor.close();
            throw e;
        }
    }

    @Override
    public void write(ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    @Override
    public void clear(long position, long length) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(ZEROS_BYTES, Math.max(1, length)));
        for (long at = position; at < position + length; at += zeros.capacity()) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), position + length - at));
            write(zeros, at);
        }
    }

    @Override
    public void commit() throws IOException {
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            descriptor.close();
        }
    }
}
