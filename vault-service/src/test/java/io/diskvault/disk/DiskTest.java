package io.diskvault.disk;

import static org.hamcrest.Matchers.containsString;

import io.diskvault.command.CommandRejected;
import io.diskvault.disk.DiskCommand.EndDiskRestore;
import io.diskvault.disk.DiskCommand.ProtectDisk;
import io.diskvault.disk.DiskCommand.RegisterDisk;
import io.diskvault.disk.DiskCommand.RemoveDisk;
import io.diskvault.disk.DiskCommand.StartDiskRestore;
import io.diskvault.disk.DiskCommand.UnprotectDisk;
import io.diskvault.disk.DiskEntry.EnterDisk;
import io.diskvault.disk.DiskEntry.StrikeDisk;
import io.diskvault.disk.DiskEvent.DiskProtected;
import io.diskvault.disk.DiskEvent.DiskRegistered;
import io.diskvault.disk.DiskEvent.DiskRemoved;
import io.diskvault.disk.DiskEvent.DiskRestoreEnded;
import io.diskvault.disk.DiskEvent.DiskRestoreStarted;
import io.diskvault.disk.DiskEvent.DiskUnprotected;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class DiskTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final DiskId WEB = new DiskId("vm-disks", "web-1");
    private static final UUID FIRST = new UUID(0, 1);
    private static final UUID SECOND = new UUID(0, 2);

    private static final DiskRegistered REGISTERED =
            new DiskRegistered(WEB, "file:web-1.img", "StandardHdd", "raw", 4096, FIRST, NOON);
    private static final DiskRemoved REMOVED = new DiskRemoved(WEB, NOON);
    private static final ProtectDisk PROTECT = new ProtectDisk(WEB, "prod/web-1", NOON);
    private static final DiskProtected PROTECTED = new DiskProtected(WEB, "prod/web-1", NOON);
    private static final UnprotectDisk UNPROTECT = new UnprotectDisk(WEB, "prod/web-1", NOON);
    private static final DiskUnprotected UNPROTECTED = new DiskUnprotected(WEB, "prod/web-1", NOON);
    private static final Optional<String> OWNED = Optional.of("prod/web-1");
    private static final DiskRestoreStarted RESTORE_STARTED = new DiskRestoreStarted(WEB, "one", OWNED, NOON);
    private static final DiskRestoreEnded RESTORE_ENDED = new DiskRestoreEnded(WEB, "one", NOON);
    private static final StrikeDisk REMOVE = new StrikeDisk(new RemoveDisk(WEB, NOON));

    private final FixtureConfiguration<Disk> disk = new AggregateTestFixture<>(Disk.class);

    private static EnterDisk register(String source, String type, UUID uniqueId) {
        return register(source, type, "raw", uniqueId);
    }

    private static EnterDisk register(String source, String type, String format, UUID uniqueId) {
        return new EnterDisk(new RegisterDisk(WEB, source, type, format, 4096, uniqueId, NOON));
    }

    @Test
    void isRegisteredOnce() {
        disk.givenNoPriorActivity()
                .when(register("file:web-1.img", "StandardHdd", FIRST))
                .expectEvents(REGISTERED);
        disk.given(REGISTERED)
                .when(register("file:web-1.img", "StandardHdd", SECOND))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void refusesToBecomeAnotherDisk() {
        disk.given(REGISTERED)
                .when(register("file:other.img", "StandardHdd", SECOND))
                .expectNoEvents()
                .expectException(CommandRejected.class)
                .expectExceptionMessage(containsString("file:web-1.img"));
        disk.given(REGISTERED)
                .when(register("file:web-1.img", "PremiumSsd", SECOND))
                .expectNoEvents()
                .expectException(CommandRejected.class);
        disk.given(REGISTERED)
                .when(register("file:web-1.img", "StandardHdd", "vhd", SECOND))
                .expectNoEvents()
                .expectException(CommandRejected.class)
                .expectExceptionMessage(containsString("format raw, not with"));
    }

    @Test
    void anotherDiskOfTheSameNameHasAnotherUniqueId() {
        disk.given(REGISTERED, REMOVED)
                .when(register("file:web-1.img", "StandardHdd", SECOND))
                .expectEvents(new DiskRegistered(WEB, "file:web-1.img", "StandardHdd", "raw", 4096, SECOND, NOON));
    }

    @Test
    void belongsToOneInstanceAtMost() {
        disk.given(REGISTERED).when(PROTECT).expectEvents(PROTECTED);
        disk.given(REGISTERED, PROTECTED).when(PROTECT).expectNoEvents().expectSuccessfulHandlerExecution();
        disk.given(REGISTERED, PROTECTED)
                .when(new ProtectDisk(WEB, "test/web", NOON))
                .expectNoEvents()
                .expectException(CommandRejected.class)
                .expectExceptionMessage(containsString("prod/web-1"));
        disk.given(REGISTERED, PROTECTED, UNPROTECTED)
                .when(new ProtectDisk(WEB, "test/web", NOON))
                .expectEvents(new DiskProtected(WEB, "test/web", NOON));
    }

    @Test
    void isGivenUpOnlyByTheInstanceThatHasIt() {
        disk.given(REGISTERED, PROTECTED).when(UNPROTECT).expectEvents(UNPROTECTED);
        disk.given(REGISTERED, PROTECTED)
                .when(new UnprotectDisk(WEB, "test/web", NOON))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
        disk.given(REGISTERED, PROTECTED, UNPROTECTED)
                .when(UNPROTECT)
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void isRemovedOnlyWhenUnprotected() {
        disk.given(REGISTERED, PROTECTED)
                .when(REMOVE)
                .expectNoEvents()
                .expectException(CommandRejected.class)
                .expectExceptionMessage(containsString("prod/web-1"));
        disk.given(REGISTERED, PROTECTED, UNPROTECTED).when(REMOVE).expectEvents(REMOVED);
    }

    @Test
    void isWrittenOverByOneRestoreAtMost() {
        disk.given(REGISTERED, PROTECTED).when(restore("one", FIRST, OWNED)).expectEvents(RESTORE_STARTED);
        disk.given(REGISTERED, PROTECTED, RESTORE_STARTED)
                .when(restore("one", FIRST, OWNED))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
        disk.given(REGISTERED, PROTECTED, RESTORE_STARTED)
                .when(restore("two", FIRST, OWNED))
                .expectNoEvents()
                .expectException(CommandRejected.class)
                .expectExceptionMessage(containsString("job one"));
        disk.given(REGISTERED, PROTECTED, RESTORE_STARTED, RESTORE_ENDED)
                .when(restore("two", FIRST, OWNED))
                .expectEvents(new DiskRestoreStarted(WEB, "two", OWNED, NOON));
    }

    @Test
    void isNotWrittenOverIfItIsNotWhatWasLookedAt() {
        disk.givenNoPriorActivity()
                .when(restore("one", FIRST, Optional.empty()))
                .expectNoEvents()
                .expectException(CommandRejected.class);
        disk.given(REGISTERED, PROTECTED)
                .when(restore("one", SECOND, OWNED))
                .expectNoEvents()
                .expectException(CommandRejected.class);
        disk.given(REGISTERED, PROTECTED)
                .when(restore("one", FIRST, Optional.empty()))
                .expectNoEvents()
                .expectException(CommandRejected.class);
        disk.given(REGISTERED)
                .when(restore("one", FIRST, OWNED))
                .expectNoEvents()
                .expectException(CommandRejected.class);
    }

    @Test
    void isLetGoByTheRestoreThatHasItAndSaysWhomItBelongedTo() {
        EndDiskRestore end = new EndDiskRestore(WEB, "one", NOON);
        disk.given(REGISTERED, PROTECTED, RESTORE_STARTED, UNPROTECTED)
                .when(end)
                .expectEvents(RESTORE_ENDED)
                .expectResultMessagePayload(OWNED);
        disk.given(REGISTERED, PROTECTED, RESTORE_STARTED, RESTORE_ENDED)
                .when(end)
                .expectNoEvents()
                .expectResultMessagePayload(Optional.empty());
        disk.given(REGISTERED, PROTECTED, RESTORE_STARTED)
                .when(new EndDiskRestore(WEB, "two", NOON))
                .expectNoEvents()
                .expectResultMessagePayload(Optional.empty());
    }

    @Test
    void isNeitherProtectedNorRemovedWhileItIsWrittenOver() {
        DiskRestoreStarted started = new DiskRestoreStarted(WEB, "one", Optional.empty(), NOON);
        for (Object order : List.of(PROTECT, REMOVE)) {
            disk.given(REGISTERED, started)
                    .when(order)
                    .expectNoEvents()
                    .expectException(CommandRejected.class)
                    .expectExceptionMessage(containsString("job one"));
        }
    }

    private static StartDiskRestore restore(String job, UUID uniqueId, Optional<String> owner) {
        return new StartDiskRestore(WEB, uniqueId, owner, job, NOON);
    }

    @Test
    void refusesWhatNeedsADiskThatIsNotThere() {
        disk.givenNoPriorActivity().when(PROTECT).expectNoEvents().expectException(CommandRejected.class);
        disk.given(REGISTERED, REMOVED).when(REMOVE).expectNoEvents().expectException(CommandRejected.class);
    }
}
