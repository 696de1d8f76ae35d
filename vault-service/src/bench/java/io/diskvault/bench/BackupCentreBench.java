package io.diskvault.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import io.diskvault.command.Commands;
import io.diskvault.platform.StoredTypeSerializer;
import io.diskvault.platform.StoredTypes;
import io.diskvault.testing.TestServer;
import io.diskvault.vault.VaultCommand.CreateVault;
import io.diskvault.vault.VaultId;
import io.diskvault.vault.view.VaultRows;
import io.diskvault.web.Views;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.axonframework.config.Configuration;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.StreamingEventProcessor;

/// The numbers of the backup centre on one database at one size: see `vault-service/bench/backup-centre.sh`.
final class BackupCentreBench {
    private static final int VISIBLE = 500;

    /// Says that the events are there, and until when they go.
    private static final String FILLED = "filled-until";

    private final TestServer server;
    private final BenchDatabase database;
    private final Path directory;
    private final Instant end;

    private BackupCentreBench(TestServer server, BenchDatabase database, Path directory, Instant end) {
        this.server = server;
        this.database = database;
        this.directory = directory;
        this.end = end;
    }

    /// @param arguments database, directory, instances, seconds of load, requests a second of each client; without the
    ///     last two it only writes the events, which another run then finds
    public static void main(String[] arguments) throws Exception {
        BenchDatabase database = BenchDatabase.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        Path directory = Files.createDirectories(Path.of(arguments[1]));
        int instances = Integer.parseInt(arguments[2]);
        Map<String, Object> settings = new HashMap<>(database.settings(directory));
        settings.put("diskvault.allowed-roots", directory.toString());
        int failed;
        try (TestServer server = TestServer.start(settings)) {
            Path filled = directory.resolve(FILLED);
            Instant end = Files.exists(filled)
                    ? Instant.parse(Files.readString(filled))
                    : Instant.now().truncatedTo(ChronoUnit.MILLIS);
            BackupCentreBench bench = new BackupCentreBench(server, database, directory, end);
            if (!Files.exists(filled)) {
                bench.fill(instances);
            }
            if (arguments.length < 4) {
                System.exit(0);
            }
            bench.rebuild();
            bench.see(0);
            failed = bench.ask(instances, arguments[3], arguments[4]);
        }
        System.exit(failed);
    }

    /// Only the projections are measured; whatever else follows the events would work through all of them first.
    private void fill(int instances) throws SQLException, IOException {
        System.out.printf(
                "%s, %d instances, %d jobs, %d recovery points; Java %s, %d processors, %d MiB of heap%n",
                database,
                instances,
                instances * EventFill.JOBS,
                instances * EventFill.JOBS / 2,
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20);
        processing().eventProcessors().values().forEach(EventProcessor::shutDown);
        long begin = System.nanoTime();
        // Made at the end: kept in order of streams meanwhile, it makes H2 write five times as much.
        execute("ALTER TABLE domain_event DROP CONSTRAINT domain_event_stream");
        try (Connection connection = connection()) {
            new EventFill(connection, StoredTypeSerializer.of(server.part(StoredTypes.class)), directory)
                    .fill(instances, end);
        }
        execute("ALTER TABLE domain_event ADD CONSTRAINT domain_event_stream UNIQUE (aggregate_id, sequence_number)");
        execute(database.analyze());
        Positions positions = new Positions(server.part(Configuration.class));
        processing().eventProcessors().keySet().forEach(positions::moveToEnd);
        Files.writeString(directory.resolve(FILLED), end.toString());
        long events = count("domain_event");
        System.out.printf("%d events written in %.0f s%n", events, seconds(begin));
    }

    /// As after an upgrade that a projection has to be filled anew for: the projections had seen everything.
    private void rebuild() throws SQLException {
        StreamingEventProcessor views = processing()
                .eventProcessor(Views.GROUP, StreamingEventProcessor.class)
                .orElseThrow();
        processing().eventProcessors().values().forEach(EventProcessor::shutDown);
        views.resetTokens();
        long events = count("domain_event");
        long busy = processorNanos();
        long begin = System.nanoTime();
        views.start();
        long[] answers = new long[100_000];
        int asked = 0;
        // Until the first batch is through nobody is known.
        while (server.part(VaultRows.class).count() == 0) {
            LockSupport.parkNanos(10_000_000);
        }
        double locked = seconds(begin);
        while (!isDone(views)) {
            LockSupport.parkNanos(50_000_000);
            long question = System.nanoTime();
            if (server.get("/api/v1/backup-jobs?limit=20").status() != 200) {
                throw new IllegalStateException("the server does not answer during a rebuild");
            }
            answers[asked++] = System.nanoTime() - question;
        }
        double took = seconds(begin);
        System.out.printf(
                "rebuilt: %d events in %.1f s, %.1f s of processor time in the server; nobody was known for %.1f s, then the newest jobs were asked for: %s%n",
                events, took, (processorNanos() - busy) / 1e9, locked, Numbers.text(Arrays.copyOf(answers, asked)));
        Numbers.print("rebuild", events / took, "events/s", 20_000);
        execute(database.analyze());
        for (String table : new String[] {"job", "recovery_point", "slot", "backup_instance", "alert"}) {
            System.out.printf("%s: %d rows%n", table, count(table));
        }
        processing().eventProcessors().forEach((name, processor) -> {
            // The chain over all events would take up from its own end, far behind.
            if (!name.equals("audit-chain") && !processor.isRunning()) {
                processor.start();
            }
        });
    }

    private static boolean isDone(StreamingEventProcessor views) {
        return !views.processingStatus().isEmpty()
                && views.processingStatus().values().stream()
                        .allMatch(status -> status.isErrorState() ? fail(status.getError()) : status.isCaughtUp());
    }

    private static boolean fail(Throwable error) {
        throw new IllegalStateException(error);
    }

    /// From before the command until a query has its row.
    ///
    /// @param first so that every round makes others
    private long[] see(int first) {
        Commands commands = server.part(Commands.class);
        VaultRows rows = server.part(VaultRows.class);
        long[] took = new long[VISIBLE];
        for (int i = 0; i < VISIBLE; i++) {
            VaultId id = new VaultId("seen-" + (first + i));
            long begin = System.nanoTime();
            commands.send(new CreateVault(id, UUID.randomUUID(), Optional.empty(), Instant.now()));
            while (!rows.existsById(id.name())) {
                LockSupport.parkNanos(100_000);
            }
            took[i] = System.nanoTime() - begin;
        }
        System.out.println(
                "a new event until it is seen" + (first == 0 ? ": " : " while ten clients ask: ") + Numbers.text(took));
        return took;
    }

    private int ask(int instances, String seconds, String perSecond) throws IOException, InterruptedException {
        Process load = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoadClient.class.getName(),
                        server.url().toString(),
                        TestServer.TOKEN,
                        seconds,
                        "10",
                        perSecond)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (OutputStream queries = load.getOutputStream()) {
            queries.write(PageQueries.lines(instances, end).getBytes(UTF_8));
        }
        try (BufferedReader answers = new BufferedReader(new InputStreamReader(load.getInputStream(), UTF_8))) {
            if (LoadClient.ASKING.equals(answers.readLine())) {
                Numbers.print("new event seen, p99, with clients", Numbers.p99Millis(see(VISIBLE)), "ms", 50);
                System.out.printf(
                        "ten clients in another process, together at most %s answers a second:%n",
                        Double.parseDouble(perSecond) * 10);
            }
            answers.lines().forEach(System.out::println);
        }
        return load.waitFor();
    }

    private EventProcessingConfiguration processing() {
        return server.part(Configuration.class).eventProcessingConfiguration();
    }

    private Connection connection() throws SQLException {
        return DelegatingDataSource.unwrapDataSource(server.part(DataSource.class))
                .getConnection();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            statement.execute(sql);
        }
    }

    private long count(String table) throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /// How much of the machine the server had: it may have to share it.
    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
