package io.diskvault.instance;

import io.diskvault.instance.InstanceCommand.ExpireRecoveryPoints;
import io.diskvault.instance.InstanceCommand.PlanExpiry;
import io.diskvault.instance.InstanceCommand.ReleaseLegalHold;
import io.diskvault.instance.InstanceCommand.Removal;
import io.diskvault.instance.InstanceCommand.SetLegalHold;
import io.diskvault.instance.InstanceEvent.LegalHoldSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a legal hold keeps, and what the plan of expiry says about it.
class LegalHoldTest extends InstanceStory {
    @Test
    void aHeldPointStaysUntilItIsReleased() {
        SetLegalHold hold = new SetLegalHold(WEB, id(1), "case 7", hour(5));
        ReleaseLegalHold release = new ReleaseLegalHold(WEB, id(1), hour(900));
        instance.given(history()).when(hold).expectEvents(held(1, 5));
        doesNothing(history(held(1, 4)), hold);
        instance.given(history(held(1, 4)))
                .when(new SetLegalHold(WEB, id(1), "case 8", hour(5)))
                .expectEvents(new LegalHoldSet(WEB, id(1), "case 8", hour(5)));
        instance.given(history(held(1, 5)))
                .when(new ExpireRecoveryPoints(WEB, hour(1000)))
                .expectEvents(expired(2, 1000));
        instance.given(history(held(1, 5))).when(release).expectEvents(released(1, 900));
        doesNothing(history(held(1, 5), released(1, 900)), release);
        instance.given(history(held(1, 5), released(1, 900)))
                .when(new ExpireRecoveryPoints(WEB, hour(1000)))
                .expectEvents(expired(1, 1000, KeepReason.LEGAL_HOLD), expired(2, 1000));
        instance.given(history(held(1, 5), released(1, 6)))
                .when(new ExpireRecoveryPoints(WEB, hour(1000)))
                .expectEvents(expired(1, 1000), expired(2, 1000));
    }

    @Test
    void onlyPointsThatAreThereCanBeHeld() {
        refuses(history(), new SetLegalHold(WEB, id(9), "case 7", hour(5)), id(9));
        refuses(history(expired(1, 100)), new SetLegalHold(WEB, id(1), "case 7", hour(101)), id(1));
        refuses(history(), new ReleaseLegalHold(WEB, id(9), hour(5)), id(9));
        instance.given(history(deleted(4)))
                .when(new SetLegalHold(WEB, id(1), "case 7", hour(5)))
                .expectEvents(held(1, 5));
    }

    @Test
    void anInstanceWithHeldPointsIsNeitherDeletedNorPurged() {
        refuses(history(held(2, 4)), delete(5), "1 recovery points on legal hold");
        refuses(history(held(2, 4)), end(Removal.DELETE, 5), id(2));
        refuses(history(deleted(4), held(2, 5)), end(Removal.PURGE, 6), id(2));
        refuses(history(deleted(4), held(2, 5)), end(Removal.PURGE_WHEN_DUE, 1000), id(2));
        instance.given(history(held(2, 4), released(2, 5))).when(delete(5)).expectEvents(deleted(5));
    }

    @Test
    void thePlanSaysWhatWouldGoAndWhatKeepsTheRest() {
        instance.given(history(held(2, 5)))
                .when(new PlanExpiry(WEB, hour(1000)))
                .expectNoEvents()
                .expectResultMessagePayload(new ExpiryPlan(
                        hour(1000),
                        List.of(entry(1)),
                        List.of(entry(2, KeepReason.LEGAL_HOLD), entry(3, KeepReason.NEWEST))));
        instance.given(history(stopped(5)))
                .when(new PlanExpiry(WEB, hour(26)))
                .expectResultMessagePayload(new ExpiryPlan(
                        hour(26),
                        List.of(),
                        List.of(
                                entry(1, KeepReason.PROTECTION_STOPPED),
                                entry(2, KeepReason.PROTECTION_STOPPED),
                                entry(3, KeepReason.PROTECTION_STOPPED, KeepReason.TIME_LEFT))));
        instance.given(history(deleted(5)))
                .when(new PlanExpiry(WEB, hour(27)))
                .expectResultMessagePayload(new ExpiryPlan(
                        hour(27),
                        List.of(),
                        List.of(
                                entry(1, KeepReason.SOFT_DELETED),
                                entry(2, KeepReason.SOFT_DELETED),
                                entry(3, KeepReason.SOFT_DELETED, KeepReason.NEWEST))));
    }

    private static ExpiryPlan.Entry entry(int hour, KeepReason... keptBy) {
        return new ExpiryPlan.Entry(id(hour), hour(hour), hour(hour + 24), List.of(keptBy));
    }
}
