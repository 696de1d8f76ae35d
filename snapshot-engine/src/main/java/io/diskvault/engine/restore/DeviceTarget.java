package io.diskvault.engine.restore;

import io.diskvault.engine.storage.OutputFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/// A block device, written in place: when a restore to it fails, what it held is gone.
final class DeviceTarget implements RestoreTarget {

    private static final int ZEROS_BYTES = 1 << 20;

    private final OutputFile device;

    private DeviceTarget(OutputFile device) {
        this.device = device;
    }

    /// @param device is closed with the target, or when there is not enough room on it
    static DeviceTarget on(OutputFile device, long sizeBytes) throws IOException {
        try {
            device.setLength(sizeBytes);
            return new DeviceTarget(device);
        } catch (IOException e) {
            device.close();
            throw e;
        }
    }

    @Override
    public void write(ByteBuffer bytes, long position) throws IOException {
        device.write(bytes, position);
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
        device.sync();
    }

    @Override
    public void close() throws IOException {
        device.close();
    }
}
