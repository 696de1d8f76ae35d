package io.diskvault.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;

/// A client that sends whatever bytes it is given and keeps its connection as long as the server does.
public final class RawHttp implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final int port;
    private Socket socket;
    private InputStream in;

    /// @param status 0 if the server closed the connection without an answer
    public record Answer(int status, String body) {}

    public RawHttp(int port) throws IOException {
        this.port = port;
        connect();
    }

    private void connect() throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /// @param authorization the header's value as it goes over the network
    public Answer get(String path, byte[] authorization) throws IOException {
        return exchange("GET", path, authorization, new byte[0]);
    }

    public Answer put(String path, String token, String json) throws IOException {
        return exchange("PUT", path, ("Bearer " + token).getBytes(ISO_8859_1), json.getBytes(UTF_8));
    }

    private Answer exchange(String method, String path, byte[] authorization, byte[] body) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write((method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n")
                .getBytes(ISO_8859_1));
        request.write(("Content-Length: " + body.length + "\r\nAuthorization: ").getBytes(ISO_8859_1));
        request.write(authorization);
        request.write("\r\n\r\n".getBytes(ISO_8859_1));
        request.write(body);
        socket.getOutputStream().write(request.toByteArray());
        return answer();
    }

    private Answer answer() throws IOException {
        String first = line();
        if (first.isEmpty()) {
            reconnect();
            return new Answer(0, "");
        }
        int length = 0;
        boolean closes = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(
                        lower.substring("content-length:".length()).strip());
            }
            closes |= lower.equals("connection: close");
        }
        String body = new String(in.readNBytes(length), UTF_8);
        if (closes) {
            reconnect();
        }
        return new Answer(Integer.parseInt(first.substring(9, 12)), body);
    }

    private void reconnect() throws IOException {
        socket.close();
        connect();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
