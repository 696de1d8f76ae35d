package io.diskvault.engine.nbd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real sockets and what happens beside each other.
@Timeout(60)
class NbdServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final NbdLimits LIMITS = new NbdLimits(3, 4, NbdLimits.PIECE_BYTES, PATIENCE, Optional.of(IDLE));

    @TempDir
    Path directory;

    private final GatedDisk disk = new GatedDisk();
    private final FixedExports exports = FixedExports.of(disk);
    private final ManualAlarms alarms = new ManualAlarms();
    private Path socket = Path.of("");
    private NbdServer server;
    private final List<Client> clients = new ArrayList<>();

    /// A disk whose first block is given only when a test lets it.
    private static final class GatedDisk extends MemoryDisk {

        private final CountDownLatch asked = new CountDownLatch(1);
        private final Semaphore gate = new Semaphore(0);

        private GatedDisk() {
            super(2_000_000, 5);
        }

        @Override
        public boolean isHole(int block) {
            return block != 0 && super.isHole(block);
        }

        @Override
        public void read(long offset, ByteBuffer into) throws IOException {
            if (offset < BLOCK) {
                asked.countDown();
                gate.acquireUninterruptibly();
            }
            super.read(offset, into);
        }
    }

    private record Client(SocketChannel channel, Answers answers) implements AutoCloseable {

        static Client of(SocketAddress address) throws IOException {
            SocketChannel channel = SocketChannel.open(address);
            return new Client(channel, new Answers(Channels.newInputStream(channel)));
        }

        Client send(Script script) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(script.toBytes());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return this;
        }

        Client in() throws IOException {
            send(Script.modern("web-1"));
            answers.greeting().after(3);
            return this;
        }

        /// The end, however the server brings it about.
        boolean isCut() {
            try {
                return answers.atEnd();
            } catch (IOException e) {
                return true;
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    @BeforeEach
    void start() throws Exception {
        socket = directory.resolve("nbd.sock");
        server = NbdServer.onSocket(socket, exports, LIMITS, alarms);
    }

    @AfterEach
    void stop() throws Exception {
        disk.gate.release(1000);
        for (Client client : clients) {
            client.close();
        }
        server.close();
        assertEquals(0, server.connections());
        assertEquals(0, exports.open().connections());
    }

    private Client connect() throws IOException {
        Client client = Client.of(UnixDomainSocketAddress.of(socket));
        clients.add(client);
        return client;
    }

    @Test
    void onlyItsOwnerMayConnect() throws Exception {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
        assertEquals(Set.of(socket), filesThere());
        connect().in();

        server.close();

        assertEquals(Set.of(), filesThere());
    }

    private Set<Path> filesThere() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return new HashSet<>(files.toList());
        }
    }

    @Test
    void saysWhereItIs() throws Exception {
        assertEquals(URI.create("nbd+unix:///web-1?socket=" + socket), server.uri("web-1"));
        assertEquals(URI.create("nbd+unix:///a%20b%3F?socket=" + socket), server.uri("a b?"));
    }

    @Test
    void leavesAloneWhatIsNoSocketOrIsInUse() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "mine");
        assertThrows(FileSystemException.class, () -> NbdServer.onSocket(file, exports, LIMITS));
        assertEquals("mine", Files.readString(file));
        assertThrows(FileSystemException.class, () -> NbdServer.onSocket(directory, exports, LIMITS));
        assertThrows(FileSystemException.class, () -> NbdServer.onSocket(socket, exports, LIMITS));
        connect().in();
        Path tooLong = directory.resolve("x".repeat(100));
        assertThrows(FileSystemException.class, () -> NbdServer.onSocket(tooLong, exports, LIMITS));
        assertThrows(IOException.class, () -> NbdServer.onSocket(directory.resolve("no/s"), exports, LIMITS));
        assertEquals(Set.of(socket, file), filesThere());
    }

    @Test
    void takesThePlaceOfASocketThatNobodyListensOn() throws Exception {
        Path abandoned = directory.resolve("abandoned");
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(abandoned))
                .close();
        assertTrue(Files.exists(abandoned));

        try (NbdServer second = NbdServer.onSocket(abandoned, exports, LIMITS);
                Client client = Client.of(UnixDomainSocketAddress.of(abandoned)).in()) {
            assertEquals(1, second.connections());
            assertTrue(client.channel().isOpen());
        }
        assertFalse(Files.exists(abandoned));
    }

    @Test
    void removesNoOtherSocketThatHasItsName() throws Exception {
        Files.delete(socket);
        try (NbdServer second = NbdServer.onSocket(socket, exports, LIMITS)) {
            server.close();
            try (Client client = Client.of(UnixDomainSocketAddress.of(socket)).in()) {
                assertEquals(1, second.connections());
                assertTrue(client.channel().isOpen());
            }
        }
    }

    @Test
    void servesLoopback() throws Exception {
        try (NbdServer loopback = NbdServer.onLoopback(0, exports, LIMITS)) {
            URI uri = loopback.uri("s3cret");
            assertEquals("nbd", uri.getScheme());
            assertEquals("/s3cret", uri.getPath());
            try (Client client = Client.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), uri.getPort()))
                    .in()) {
                client.send(new Script().read(9, 5000, 100_000));
                assertArrayEquals(disk.part(5000, 100_000), client.answers().content(9, 5000, 100_000));
            }
        }
    }

    @Test
    void answersAsRequestsAreDone() throws Exception {
        Client client = connect().in();
        client.send(new Script().read(1, 0, 10).read(2, 8192, 10));
        assertArrayEquals(disk.part(8192, 10), client.answers().content(2, 8192, 10));
        disk.gate.release();
        assertArrayEquals(disk.part(0, 10), client.answers().content(1, 0, 10));
    }

    @Test
    void finishesWhatIsUnderWayBeforeItEnds() throws Exception {
        Client client = connect().in();
        client.send(new Script().read(1, 0, 10).disconnect());
        disk.asked.await();
        disk.gate.release();

        assertArrayEquals(disk.part(0, 10), client.answers().content(1, 0, 10));
        assertTrue(client.isCut());
    }

    @Test
    void answersAClientThatSendsNoMore() throws Exception {
        Client client = connect().in();
        client.send(new Script().read(1, 0, 10));
        disk.asked.await();
        client.channel().shutdownOutput();
        disk.gate.release();

        assertArrayEquals(disk.part(0, 10), client.answers().content(1, 0, 10));
        assertTrue(client.isCut());
    }

    @Test
    void closesConnectionsOfAnExportThatIsClosed() throws Exception {
        Client client = connect().in();
        Client other = connect();
        other.send(Script.modern("s3cret")).answers().greeting().after(3);
        client.send(new Script().read(1, 0, 10));
        disk.asked.await();
        assertEquals(1, exports.open().connections());

        exports.secret().close();
        assertTrue(other.isCut());
        exports.open().close();
        assertTrue(client.isCut());

        Client late = connect();
        late.send(Script.modern("web-1")).answers().greeting().after(3);
        assertTrue(late.isCut());
    }

    @Test
    void closesWhoIsTooSlow() throws Exception {
        Client silent = connect();
        silent.answers().greeting();
        alarms.goOff(PATIENCE);
        assertTrue(silent.isCut());
        Client slow = connect().send(new Script().int32(3).int64(0x49484156454f5054L));
        slow.answers().greeting();
        alarms.goOff(PATIENCE);
        assertTrue(slow.isCut());
    }

    @Test
    void closesWhoIsIdle() throws Exception {
        Client client = connect().in();
        // Something moved since the connection began: it is given the same time again.
        client.send(new Script().read(1, 8192, 10)).answers().content(1, 8192, 10);
        alarms.goOff(IDLE);
        client.send(new Script().read(2, 8192, 10)).answers().content(2, 8192, 10);
        alarms.goOff(IDLE);
        // The last answer may be counted a moment after the client has it.
        while (alarms.isSet(IDLE)) {
            alarms.goOff(IDLE);
        }
        assertTrue(client.isCut());
    }

    @Test
    void leavesNoAlarmBehind() throws Exception {
        connect().in().send(new Script().disconnect()).isCut();
        server.close();

        assertEquals(0, alarms.count());
    }

    @Test
    void refusesMoreConnectionsThanItMayHave() throws Exception {
        List<Client> three = List.of(connect().in(), connect().in(), connect().in());
        assertTrue(connect().isCut());
        assertTrue(connect().isCut());

        three.getFirst().send(new Script().disconnect()).isCut();
        Client next = connect();
        while (next.isCut()) {
            // The place is free a moment after the client sees its end.
            next = connect();
        }
    }

    @Test
    void holdsUpAClientThatTakesNoAnswers() throws Exception {
        Client greedy = connect().in();
        int most = LIMITS.requestsMax() + 1;
        Script many = new Script();
        for (int i = 0; i < 100; i++) {
            many.read(i, 8192, 1_500_000);
        }
        greedy.send(many);
        Client other = connect().in();
        other.send(new Script().read(1, 8192, 10));

        assertArrayEquals(disk.part(8192, 10), other.answers().content(1, 8192, 10));
        // What was read of the disk is what fits into buffers, and not 150 MB.
        assertTrue(disk.reads.get() < most * 1_500_000 / MemoryDisk.BLOCK, "reads: " + disk.reads.get());
        greedy.close();
    }

    @Test
    void endsWhateverIsUnderWay() throws Exception {
        Client handshaking = connect();
        handshaking.answers().greeting();
        Client idle = connect().in();
        Client reading = connect().in();
        reading.send(new Script().read(1, 0, 10));
        disk.asked.await();
        Thread closing = Thread.ofVirtual().start(() -> {
            try {
                server.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });

        assertTrue(handshaking.isCut());
        assertTrue(idle.isCut());
        assertTrue(reading.isCut());
        disk.gate.release();
        closing.join();
        assertThrows(IOException.class, this::connect);
    }
}
