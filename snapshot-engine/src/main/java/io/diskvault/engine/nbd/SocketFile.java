package io.diskvault.engine.nbd;

import io.diskvault.engine.posix.Descriptor;
import io.diskvault.engine.posix.Rename;
import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/// A unix domain socket with a name in the file system, which only its owner can connect to. Must be closed.
final class SocketFile implements Closeable {

    /// What an address of such a socket has room for, and clients can reach.
    private static final int PATH_BYTES_MAX = 107;

    private static final int TYPE_MASK = 0xf000;
    private static final int TYPE_SOCKET = 0xc000;

    /// Tells any two files apart that exist at the same time.
    private static final String FILE_IDENTITY = "unix:dev,ino";

    private final Path path;
    private final ServerSocketChannel listener;
    private final Map<String, Object> identity;

    private SocketFile(Path path, ServerSocketChannel listener, Map<String, Object> identity) {
        this.path = path;
        this.listener = listener;
        this.identity = identity;
    }

    /// Makes a socket and listens on it.
    ///
    /// @throws FileSystemException when something has that name that is no socket, or somebody listens there
    static SocketFile listen(Path socket) throws IOException {
        Path path = socket.toAbsolutePath().normalize();
        if (path.toString().getBytes(StandardCharsets.UTF_8).length > PATH_BYTES_MAX) {
            throw new FileSystemException(
                    path.toString(), null, "A socket's path has at most " + PATH_BYTES_MAX + " bytes");
        }
        Path parent = path.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new NoSuchFileException(String.valueOf(parent));
        }
        removeAbandoned(path);
        // Bound where nobody else gets to, and shown when only the owner may connect.
        Path hidden = Files.createTempDirectory(
                parent, ".nbd", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (Descriptor handle = Descriptor.openDirectory(hidden.toRealPath())) {
            return listen(path, hidden.resolve("s"), handle.self().resolve("s"));
        } finally {
            Files.deleteIfExists(hidden.resolve("s"));
            Files.delete(hidden);
        }
    }

    private static SocketFile listen(Path path, Path bound, Path address) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(address));
            Files.setPosixFilePermissions(bound, PosixFilePermissions.fromString("rw-------"));
            Map<String, Object> identity = Files.readAttributes(bound, FILE_IDENTITY, LinkOption.NOFOLLOW_LINKS);
            Rename.withoutReplacing(bound, path);
            return new SocketFile(path, listener, identity);
        } catch (IOException | RuntimeException e) {
            listener.close();
            throw e;
        }
    }

    /// Removes a socket that nobody listens on any more: its server was killed.
    private static void removeAbandoned(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        if ((mode & TYPE_MASK) != TYPE_SOCKET) {
            throw new FileSystemException(
                    path.toString(),
                    null,
                    "Is there already and is no socket, so it was left alone. Choose another name");
        }
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            throw new FileSystemException(
                    path.toString(), null, "Somebody listens on this socket. Choose another name");
        } catch (ConnectException e) {
            Files.deleteIfExists(path);
        }
    }

    Path path() {
        return path;
    }

    ServerSocketChannel listener() {
        return listener;
    }

    /// Stops listening, and removes the socket unless another one has its name by now.
    @Override
    public void close() throws IOException {
        listener.close();
        try {
            if (identity.equals(Files.readAttributes(path, FILE_IDENTITY, LinkOption.NOFOLLOW_LINKS))) {
                Files.delete(path);
            }
        } catch (NoSuchFileException _) {
            // Somebody has removed it, which is no harm now.
        }
    }
}
