package io.diskvault.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diskvault.instance.InstanceCommand.ExpireRecoveryPoints;
import io.diskvault.instance.InstanceCommand.HoldForExport;
import io.diskvault.instance.InstanceCommand.PlanExpiry;
import io.diskvault.instance.InstanceCommand.ReleaseExported;
import io.diskvault.instance.InstanceCommand.Removal;
import io.diskvault.instance.InstanceEvent.PointExportEnded;
import io.diskvault.instance.InstanceEvent.PointExported;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What exports keep, for as long as they last.
class ExportedPointsTest extends InstanceStory {
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);

    private static PointExported exported(int point, UUID export, int exports, int hour) {
        return new PointExported(WEB, id(point), export, exports, hour(hour));
    }

    private static PointExportEnded ended(int point, UUID export, int exports, int hour) {
        return new PointExportEnded(WEB, id(point), export, exports, hour(hour));
    }

    private static HoldForExport hold(int point, UUID export, int hour) {
        return new HoldForExport(WEB, id(point), export, hour(hour));
    }

    private static ReleaseExported release(int point, UUID export, int hour) {
        return new ReleaseExported(WEB, id(point), export, hour(hour));
    }

    @Test
    void anExportedPointStaysUntilTheLastExportOfItHasEnded() {
        instance.given(history()).when(hold(1, ONE, 5)).expectEvents(exported(1, ONE, 1, 5));
        doesNothing(history(exported(1, ONE, 1, 5)), hold(1, ONE, 6));
        instance.given(history(exported(1, ONE, 1, 5))).when(hold(1, OTHER, 6)).expectEvents(exported(1, OTHER, 2, 6));
        instance.given(history(exported(1, ONE, 1, 5), exported(1, OTHER, 2, 6)))
                .when(release(1, ONE, 7))
                .expectEvents(ended(1, ONE, 1, 7));
        instance.given(history(exported(1, ONE, 1, 5), exported(1, OTHER, 2, 6), ended(1, ONE, 1, 7)))
                .when(new ExpireRecoveryPoints(WEB, hour(1000)))
                .expectEvents(expired(2, 1000));
        instance.given(history(exported(1, ONE, 1, 5), ended(1, ONE, 0, 900)))
                .when(new ExpireRecoveryPoints(WEB, hour(1000)))
                .expectEvents(expired(1, 1000, KeepReason.EXPORTED), expired(2, 1000));
        instance.given(history(exported(1, ONE, 1, 5), ended(1, ONE, 0, 6)))
                .when(new ExpireRecoveryPoints(WEB, hour(1000)))
                .expectEvents(expired(1, 1000), expired(2, 1000));
    }

    @Test
    void thePlanNamesTheExport() {
        instance.given(history(exported(1, ONE, 1, 5)))
                .when(new PlanExpiry(WEB, hour(26)))
                .expectNoEvents()
                .expectResultMessagePayload(new ExpiryPlan(
                        hour(26),
                        List.of(new ExpiryPlan.Entry(id(2), hour(2), hour(26), List.of())),
                        List.of(
                                new ExpiryPlan.Entry(id(1), hour(1), hour(25), List.of(KeepReason.EXPORTED)),
                                new ExpiryPlan.Entry(id(3), hour(3), hour(27), List.of(KeepReason.TIME_LEFT)))));
    }

    @Test
    void onlyWhatIsThereCanBeExported() {
        refuses(history(), hold(9, ONE, 5), id(9));
        refuses(history(expired(1, 100)), hold(1, ONE, 101), id(1));
        refuses(history(deleted(4)), hold(1, ONE, 5), "deleted");
    }

    @Test
    void theEndOfAnExportIsToldToWhatIsNotThereAnyMore() {
        doesNothing(history(), release(1, ONE, 5));
        doesNothing(history(), release(9, ONE, 5));
        doesNothing(history(exported(1, ONE, 1, 5), ended(1, ONE, 0, 6)), release(1, ONE, 7));
    }

    @Test
    void anInstanceWithExportsIsNotDeleted() {
        refuses(history(exported(2, ONE, 1, 4)), delete(5), "being exported, 1 times");
        refuses(history(exported(2, ONE, 1, 4)), end(Removal.DELETE, 5), "being exported, 1 times");
        instance.given(history(exported(2, ONE, 1, 4), ended(2, ONE, 0, 5)))
                .when(delete(5))
                .expectEvents(deleted(5));
    }

    @Test
    @SuppressWarnings("NullAway") // as it is read
    void aSnapshotFromBeforeThereWereExportsHasNone() {
        LivePoint point = new LivePoint(
                "p1",
                BackupKind.SCHEDULED,
                Instant.EPOCH,
                Instant.EPOCH,
                DAY,
                1,
                Optional.empty(),
                Optional.empty(),
                null,
                Optional.empty());
        assertEquals(List.of(), point.exports());
    }
}
