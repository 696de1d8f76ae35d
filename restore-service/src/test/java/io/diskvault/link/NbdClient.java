package io.diskvault.link;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// Attaches a disk with the oldest part of the NBD protocol, which has no way to say why something is refused: the
/// connection ends.
final class NbdClient implements AutoCloseable {
    private static final int FIXED_NEWSTYLE_NO_ZEROES = 3;
    private static final long IHAVEOPT = 0x49484156454F5054L;
    private static final int EXPORT_NAME = 1;
    private static final int REQUEST_MAGIC = 0x25609513;
    private static final int REPLY_MAGIC = 0x67446698;
    private static final int GREETING_BYTES = 18;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    final long sizeBytes;

    /// @throws EOFException if the server does not give the disk
    NbdClient(URI address) throws IOException {
        this(address, address.getPath().substring(1));
    }

    NbdClient(URI server, String export) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(60_000);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
        in.readNBytes(GREETING_BYTES);
        byte[] name = export.getBytes(StandardCharsets.UTF_8);
        out.writeInt(FIXED_NEWSTYLE_NO_ZEROES);
        out.writeLong(IHAVEOPT);
        out.writeInt(EXPORT_NAME);
        out.writeInt(name.length);
        out.write(name);
        out.flush();
        try {
            sizeBytes = in.readLong();
            in.readShort();
        } catch (IOException refused) {
            socket.close();
            throw refused;
        }
    }

    byte[] read(long offset, int length) throws IOException {
        out.writeInt(REQUEST_MAGIC);
        out.writeInt(0);
        out.writeLong(7);
        out.writeLong(offset);
        out.writeInt(length);
        out.flush();
        if (in.readInt() != REPLY_MAGIC || in.readInt() != 0 || in.readLong() != 7) {
            throw new IOException("no good answer");
        }
        return in.readNBytes(length);
    }

    /// Waits until the server ends the connection.
    ///
    /// @return whether it did, before long
    boolean isEnded() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
