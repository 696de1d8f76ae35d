package io.diskvault.job.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.access.Grants.Reach;
import io.diskvault.job.JobStatus;
import io.diskvault.job.Operation;
import io.diskvault.testing.RowsRead;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.web.Cursor;
import io.diskvault.web.Select;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobListTest {
    private static final long SEED = 25;
    private static final Instant BEGIN = Instant.parse("2026-11-20T21:40:00Z");
    private static final List<String> VAULTS = List.of("a", "b", "c", "d", "e", "f");
    private static final Comparator<JobRow> NEWEST_FIRST =
            Comparator.comparing(JobRow::queuedTime).thenComparing(JobRow::id).reversed();

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);

    @ParameterizedTest
    @EnumSource
    void pagesAndCountsAreWhatAWalkOverAllJobsFinds(TestDatabase database) {
        List<JobRow> all = IntStream.range(0, 400).mapToObj(_ -> job()).toList();
        try (TestServer server = TestServer.start(database.fresh(directory))) {
            server.part(JobRows.class).saveAll(all);
            JobList list = server.part(JobList.class);
            for (int i = 0; i < 150; i++) {
                JobQuery query = query();
                Cursor place = random.nextInt(3) == 0
                        ? Cursor.parse(null)
                        : new Cursor(time(), new UUID(random.nextLong(), 0).toString());
                assertEquals(
                        expected(all, query, place), list.page(query, place, 20), () -> "seed " + SEED + ": " + query);
            }
            JobCounts counts = server.part(JobCounts.class);
            server.part(JobCountRows.class).saveAll(countsOf(all));
            for (int i = 0; i < 50; i++) {
                JobQuery query = query();
                Instant since = time();
                assertEquals(
                        expectedCounts(all, query, since),
                        counts.since(since, query.reach(), query.vault(), query.instance()),
                        () -> "seed " + SEED + ": " + query + " since " + since);
            }
        }
    }

    @Test
    void aPageIsReadWithoutWhatIsNewer() throws SQLException {
        try (TestServer server = TestServer.start(TestDatabase.H2.fresh(directory));
                Connection connection = DelegatingDataSource.unwrapDataSource(server.part(DataSource.class))
                        .getConnection()) {
            server.part(JobRows.class)
                    .saveAll(IntStream.range(0, 2000).mapToObj(_ -> job()).toList());
            Instant early = BEGIN.plus(Duration.ofMinutes(20 * 20));
            for (int i = 0; i < 50; i++) {
                JobQuery any = query();
                assertReadsLittle(
                        connection,
                        JobList.select(ofPeriod(any, Instant.EPOCH, Cursor.END_OF_TIME), new Cursor(early, "8"), 5));
                assertReadsLittle(
                        connection,
                        JobList.select(ofPeriod(any, early.minus(Duration.ofDays(1)), early), Cursor.parse(null), 5));
            }
        }
    }

    private static JobQuery ofPeriod(JobQuery query, Instant from, Instant to) {
        return new JobQuery(
                new Reach(true, List.of(), List.of(), List.of(), List.of()),
                query.vault(),
                // An instance's jobs are few, whichever of the vaults that have one of the name.
                query.vault().isPresent() ? query.instance() : Optional.empty(),
                query.operation(),
                query.status(),
                from,
                to);
    }

    /// Of each piece a page, and those that were queued at the same time.
    private static void assertReadsLittle(Connection connection, Select select) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("EXPLAIN ANALYZE " + select.text())) {
            select.bind(statement);
            RowsRead read = RowsRead.by(statement);
            assertTrue(read.most() <= 40, read::plan);
        }
    }

    /// Many at one time, so that the key decides.
    private Instant time() {
        return BEGIN.plus(Duration.ofMinutes(20L * random.nextInt(200)));
    }

    private <T> T any(List<T> among) {
        return among.get(random.nextInt(among.size()));
    }

    private <T> Optional<T> anyOrNone(List<T> among) {
        return random.nextBoolean() ? Optional.empty() : Optional.of(any(among));
    }

    private JobQuery query() {
        Reach some = new Reach(
                random.nextBoolean(),
                VAULTS.subList(0, 1 + random.nextInt(VAULTS.size())),
                List.of(),
                List.of(),
                List.of());
        boolean bounded = random.nextInt(4) == 0;
        return new JobQuery(
                some,
                anyOrNone(VAULTS),
                random.nextInt(4) == 0 ? Optional.of("web-" + random.nextInt(3)) : Optional.empty(),
                anyOrNone(List.of(Operation.values())),
                anyOrNone(List.of(JobStatus.values())),
                bounded ? time() : Instant.EPOCH,
                bounded ? time() : Cursor.END_OF_TIME);
    }

    private JobRow job() {
        UUID id = new UUID(random.nextLong(), random.nextLong());
        return new JobRow(
                id.toString(),
                any(List.of(Operation.values())).text(),
                any(List.of(JobStatus.values())).text(),
                false,
                any(VAULTS),
                "web-" + random.nextInt(3),
                null,
                null,
                null,
                null,
                null,
                null,
                time(),
                null,
                null,
                1,
                null,
                null,
                null,
                null,
                "",
                null,
                null,
                null,
                0,
                null,
                false,
                null,
                null,
                null,
                null);
    }

    private static Stream<JobRow> visible(List<JobRow> all, JobQuery query) {
        return all.stream()
                .filter(job ->
                        query.reach().everywhere() || query.reach().vaults().contains(job.vault()))
                .filter(job -> matches(query.vault(), job.vault()))
                .filter(job -> matches(query.instance(), job.instance()));
    }

    private static boolean matches(Optional<String> asked, String value) {
        return asked.isEmpty() || asked.get().equals(value);
    }

    private static List<JobRow> expected(List<JobRow> all, JobQuery query, Cursor place) {
        return visible(all, query)
                .filter(job -> matches(query.operation().map(Operation::text), job.operation()))
                .filter(job -> matches(query.status().map(JobStatus::text), job.status()))
                .filter(job -> !job.queuedTime().isBefore(query.from())
                        && job.queuedTime().isBefore(query.to()))
                .filter(job -> job.queuedTime().isBefore(place.time())
                        || (job.queuedTime().equals(place.time()) && job.id().compareTo(place.key()) < 0))
                .sorted(NEWEST_FIRST)
                .limit(20)
                .toList();
    }

    private static List<JobCount> expectedCounts(List<JobRow> all, JobQuery query, Instant since) {
        Instant hour = since.truncatedTo(ChronoUnit.HOURS);
        TreeMap<String, Long> counted = visible(all, query)
                .filter(job -> !job.queuedTime().isBefore(hour))
                .collect(Collectors.groupingBy(
                        job -> job.operation() + " " + job.status(), TreeMap::new, Collectors.counting()));
        List<JobCount> counts = new ArrayList<>();
        counted.forEach((kind, count) -> {
            int space = kind.indexOf(' ');
            counts.add(new JobCount(kind.substring(0, space), kind.substring(space + 1), count));
        });
        return counts;
    }

    private static List<JobCountRow> countsOf(List<JobRow> all) {
        TreeMap<String, JobCountRow> rows = new TreeMap<>();
        for (JobRow job : all) {
            if (JobStatus.of(job.status()).isFinal()) {
                for (JobCountRow.Span span : JobCountRow.Span.values()) {
                    JobCountRow none = JobCountRow.of(span, job);
                    rows.put(none.id(), rows.getOrDefault(none.id(), none).plusOne());
                }
            }
        }
        return List.copyOf(rows.values());
    }
}
