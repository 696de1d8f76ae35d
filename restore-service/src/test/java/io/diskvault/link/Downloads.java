package io.diskvault.link;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.diskvault.testing.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/// Uses links like those who were given one: with nothing but the address.
final class Downloads {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Downloads() {}

    static HttpResponse<byte[]> get(String url, String... headers) {
        return send("GET", url, headers);
    }

    static HttpResponse<byte[]> send(String method, String url, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /// A download whose client takes some bytes and then no more.
    static final class Stalled implements AutoCloseable {
        private final Socket socket = new Socket();

        Stalled(TestServer server, String url) throws IOException {
            socket.setReceiveBufferSize(4096);
            socket.setSoTimeout(60_000);
            socket.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), server.url().getPort()));
            socket.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .formatted(URI.create(url).getPath())
                            .getBytes(US_ASCII));
            // By now the server has begun.
            socket.getInputStream().readNBytes(1000);
        }

        /// How much comes until the server ends it.
        long rest() throws IOException {
            long bytes = 0;
            byte[] buffer = new byte[1 << 16];
            try {
                InputStream in = socket.getInputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    bytes += read;
                }
            } catch (SocketException reset) {
                // As good an end as any.
            }
            return bytes;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
