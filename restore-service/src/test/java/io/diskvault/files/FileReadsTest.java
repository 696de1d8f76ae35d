package io.diskvault.files;

import io.diskvault.command.CommandRejected;
import io.diskvault.files.FilesCommand.RecordListing;
import io.diskvault.files.FilesCommand.RecordTaking;
import io.diskvault.files.FilesEvent.FileTaken;
import io.diskvault.files.FilesEvent.FilesListed;
import io.diskvault.instance.InstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class FileReadsTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final InstanceId WEB = new InstanceId("prod", "web-1");
    private static final FileReadsId READS = FileReadsId.of(WEB, "p1");

    private final FixtureConfiguration<FileReads> reads = new AggregateTestFixture<>(FileReads.class);

    private static RecordListing look(String by, Instant at) {
        return new RecordListing(READS, WEB, "p1", by, at);
    }

    private static FilesListed looked(String by, Instant at) {
        return new FilesListed(READS, WEB, "p1", by, at);
    }

    private static RecordTaking take(Instant at) {
        return new RecordTaking(READS, WEB, "p1", 2, "/etc/fstab", "file", "alice", at);
    }

    private static FileTaken taken(Instant at) {
        return new FileTaken(READS, WEB, "p1", 2, "/etc/fstab", "file", "alice", at);
    }

    @Test
    void recordsALookOnceAnHourForEach() {
        reads.givenNoPriorActivity().when(look("alice", NOON)).expectEvents(looked("alice", NOON));
        reads.given(looked("alice", NOON))
                .when(look("alice", NOON.plus(HOUR).minusMillis(1)))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
        reads.given(looked("alice", NOON)).when(look("bob", NOON)).expectEvents(looked("bob", NOON));
        reads.given(looked("alice", NOON))
                .when(look("alice", NOON.plus(HOUR)))
                .expectEvents(looked("alice", NOON.plus(HOUR)));
    }

    @Test
    void recordsEachTaking() {
        reads.givenNoPriorActivity().when(take(NOON)).expectEvents(taken(NOON));
        reads.given(taken(NOON)).when(take(NOON)).expectEvents(taken(NOON));
    }

    @Test
    void takingsAreBoundedByTheHour() {
        List<FileTaken> many = Collections.nCopies(FileReads.TAKINGS_PER_HOUR, taken(NOON));
        Instant later = NOON.plus(HOUR);
        reads.given(many).when(take(later.minusMillis(1))).expectNoEvents().expectException(CommandRejected.class);
        reads.given(many).when(take(later)).expectEvents(taken(later));
        reads.given(many.subList(1, many.size())).when(take(NOON)).expectEvents(taken(NOON));
    }
}
