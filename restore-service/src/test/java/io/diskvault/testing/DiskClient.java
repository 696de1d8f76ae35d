package io.diskvault.testing;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// Attaches a disk at a unix domain socket or a port with the oldest part of the NBD protocol, which has no way to say
/// why something is refused: the connection ends.
public final class DiskClient implements AutoCloseable {
    private static final int FIXED_NEWSTYLE_NO_ZEROES = 3;
    private static final long IHAVEOPT = 0x49484156454F5054L;
    private static final int EXPORT_NAME = 1;
    private static final int READ = 0;
    private static final int WRITE = 1;
    private static final int FLUSH = 3;
    private static final int REQUEST_MAGIC = 0x25609513;
    private static final int REPLY_MAGIC = 0x67446698;
    private static final int GREETING_BYTES = 18;
    private static final String SOCKET = "socket=";

    /// A server at a port that says nothing fails the test instead of stopping it.
    private static final int PATIENCE_MILLIS = 60_000;

    private final Closeable connection;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final long sizeBytes;

    /// @throws java.io.EOFException if the server does not give the disk
    public DiskClient(URI address) throws IOException {
        this(address, address.getPath().substring(1));
    }

    public DiskClient(URI server, String export) throws IOException {
        if (server.getScheme().equals("nbd")) {
            Socket socket = new Socket(server.getHost(), server.getPort());
            socket.setSoTimeout(PATIENCE_MILLIS);
            connection = socket;
            in = new DataInputStream(socket.getInputStream());
            out = new DataOutputStream(socket.getOutputStream());
        } else {
            SocketChannel channel = SocketChannel.open(
                    UnixDomainSocketAddress.of(server.getQuery().substring(SOCKET.length())));
            connection = channel;
            in = new DataInputStream(Channels.newInputStream(channel));
            out = new DataOutputStream(Channels.newOutputStream(channel));
        }
        try {
            sizeBytes = attached(export.getBytes(StandardCharsets.UTF_8));
        } catch (IOException refused) {
            connection.close();
            throw refused;
        }
    }

    private long attached(byte[] name) throws IOException {
        in.readNBytes(GREETING_BYTES);
        out.writeInt(FIXED_NEWSTYLE_NO_ZEROES);
        out.writeLong(IHAVEOPT);
        out.writeInt(EXPORT_NAME);
        out.writeInt(name.length);
        out.write(name);
        long size = in.readLong();
        in.readShort();
        return size;
    }

    public long sizeBytes() {
        return sizeBytes;
    }

    public byte[] read(long offset, int length) throws IOException {
        request(READ, offset, length);
        answer();
        return in.readNBytes(length);
    }

    /// Writes, and waits until it is durable.
    public void write(long offset, byte[] bytes) throws IOException {
        request(WRITE, offset, bytes.length);
        out.write(bytes);
        answer();
        request(FLUSH, 0, 0);
        answer();
    }

    private void request(int command, long offset, int length) throws IOException {
        out.writeInt(REQUEST_MAGIC);
        out.writeInt(command);
        out.writeLong(7);
        out.writeLong(offset);
        out.writeInt(length);
    }

    private void answer() throws IOException {
        if (in.readInt() != REPLY_MAGIC || in.readInt() != 0 || in.readLong() != 7) {
            throw new IOException("no good answer");
        }
    }

    /// Waits until the server ends the connection.
    ///
    /// @return whether it did, before long
    public boolean isEnded() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
