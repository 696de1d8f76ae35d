package io.diskvault.export;

import io.diskvault.command.CommandRejected;
import io.diskvault.export.ExportCommand.CloseExport;
import io.diskvault.export.ExportCommand.Exported;
import io.diskvault.export.ExportCommand.OpenExport;
import io.diskvault.export.ExportCommand.StartKeeping;
import io.diskvault.export.ExportCommand.StopKeeping;
import io.diskvault.export.ExportCommand.Terms;
import io.diskvault.export.ExportEvent.ExportCreated;
import io.diskvault.export.ExportEvent.ExportEnded;
import io.diskvault.export.ExportEvent.ExportKeepEnded;
import io.diskvault.export.ExportEvent.ExportKeepStarted;
import io.diskvault.instance.InstanceId;
import io.diskvault.job.JobId;
import io.diskvault.testing.Snapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class PointExportTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final ExportId EXPORT = new ExportId(new UUID(0, 1));
    private static final InstanceId WEB = new InstanceId("prod", "web-1");
    private static final Terms TERMS = new Terms(WEB, "p1", false, "web-1-00000000", Optional.of("abc"), HOUR, "alice");
    private static final OpenExport OPEN = new OpenExport(EXPORT, TERMS, NOON);
    private static final ExportCreated CREATED =
            new ExportCreated(EXPORT, WEB, "p1", false, "web-1-00000000", Optional.of("abc"), HOUR, "alice", NOON);
    private static final ExportEnded ENDED = new ExportEnded(EXPORT, ExportEnd.IDLE, "system:exports", NOON.plus(HOUR));
    private static final CloseExport CLOSE = new CloseExport(EXPORT, ExportEnd.IDLE, "system:exports", NOON.plus(HOUR));

    private static final ExportCreated WRITABLE =
            new ExportCreated(EXPORT, WEB, "p1", true, "web-1-00000000", Optional.empty(), HOUR, "alice", NOON);
    private static final JobId JOB = new JobId(new UUID(0, 7));
    private static final JobId OTHER_JOB = new JobId(new UUID(0, 8));
    private static final ExportKeepStarted KEEPING = new ExportKeepStarted(EXPORT, JOB, NOON);
    private static final StartKeeping KEEP = new StartKeeping(EXPORT, JOB, NOON);
    private static final StopKeeping STOP = new StopKeeping(EXPORT, JOB, NOON);

    private final FixtureConfiguration<PointExport> export = new AggregateTestFixture<>(PointExport.class);

    @Test
    void isMadeOnce() {
        export.givenNoPriorActivity().when(OPEN).expectEvents(CREATED);
        export.given(CREATED).when(OPEN).expectNoEvents().expectException(CommandRejected.class);
        export.given(CREATED, ENDED).when(OPEN).expectNoEvents().expectException(CommandRejected.class);
    }

    @Test
    void endsOnceAndSaysWhatItWasOf() {
        export.given(CREATED)
                .when(CLOSE)
                .expectEvents(ENDED)
                .expectResultMessagePayload(Optional.of(new Exported(WEB, "p1")));
        export.given(CREATED, ENDED)
                .when(new CloseExport(EXPORT, ExportEnd.ENDED, "bob", NOON.plus(HOUR)))
                .expectNoEvents()
                .expectResultMessagePayload(Optional.empty());
    }

    @Test
    void whatWasNeverMadeCannotEnd() {
        export.givenNoPriorActivity().when(CLOSE).expectNoEvents().expectException(CommandRejected.class);
    }

    @Test
    void whatWasWrittenIsKeptByOneJobAtATime() {
        export.given(WRITABLE).when(KEEP).expectEvents(KEEPING);
        export.given(WRITABLE, KEEPING).when(KEEP).expectNoEvents().expectSuccessfulHandlerExecution();
        export.given(WRITABLE, KEEPING)
                .when(new StartKeeping(EXPORT, OTHER_JOB, NOON))
                .expectNoEvents()
                .expectException(CommandRejected.class);
        export.given(WRITABLE, KEEPING).when(STOP).expectEvents(new ExportKeepEnded(EXPORT, JOB, NOON));
        export.given(WRITABLE, KEEPING)
                .when(new StopKeeping(EXPORT, OTHER_JOB, NOON))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
        export.given(WRITABLE, KEEPING, new ExportKeepEnded(EXPORT, JOB, NOON))
                .when(new StartKeeping(EXPORT, OTHER_JOB, NOON))
                .expectEvents(new ExportKeepStarted(EXPORT, OTHER_JOB, NOON));
    }

    @Test
    void endsOnlyByTheKeepingWhileItIsKept() {
        CloseExport kept = new CloseExport(EXPORT, ExportEnd.KEPT, "system", NOON);
        export.given(WRITABLE, KEEPING).when(CLOSE).expectNoEvents().expectException(CommandRejected.class);
        export.given(WRITABLE, KEEPING)
                .when(kept)
                .expectEvents(new ExportEnded(EXPORT, ExportEnd.KEPT, "system", NOON));
    }

    @Test
    void whatCannotBeWrittenToOrHasEndedIsNotKept() {
        export.given(CREATED).when(KEEP).expectNoEvents().expectException(CommandRejected.class);
        export.given(WRITABLE, ENDED).when(KEEP).expectNoEvents().expectException(CommandRejected.class);
        export.givenNoPriorActivity().when(KEEP).expectNoEvents().expectException(CommandRejected.class);
        export.given(WRITABLE, ENDED).when(STOP).expectNoEvents().expectSuccessfulHandlerExecution();
    }

    @Test
    @SuppressWarnings("NullAway") // only the names of a module are asked for
    void decidesTheSameFromItsSnapshot() {
        PointExport state = new PointExport();
        state.on(CREATED);
        PointExport active = new Snapshots(new ExportModule()).restored("export.snapshot", state);
        new AggregateTestFixture<>(PointExport.class)
                .givenState(() -> active)
                .when(CLOSE)
                .expectEvents(ENDED);
        state.on(ENDED);
        PointExport ended = new Snapshots(new ExportModule()).restored("export.snapshot", state);
        new AggregateTestFixture<>(PointExport.class)
                .givenState(() -> ended)
                .when(CLOSE)
                .expectNoEvents();
    }
}
