package io.diskvault.guard;

import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diskvault.command.CommandRejected;
import io.diskvault.guard.ApprovalCommand.ApproveRequest;
import io.diskvault.guard.ApprovalCommand.CancelRequest;
import io.diskvault.guard.ApprovalCommand.DenyRequest;
import io.diskvault.guard.ApprovalCommand.RequestApproval;
import io.diskvault.guard.ApprovalCommand.UseApproval;
import io.diskvault.guard.ApprovalEvent.ApprovalRequested;
import io.diskvault.guard.ApprovalEvent.ApprovalUsed;
import io.diskvault.guard.ApprovalEvent.RequestApproved;
import io.diskvault.guard.ApprovalEvent.RequestCancelled;
import io.diskvault.guard.ApprovalEvent.RequestDenied;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class ApprovalRequestTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final Instant TOMORROW = Instant.parse("2026-11-02T12:00:00Z");
    private static final Instant AT_FOUR = Instant.parse("2026-11-01T16:00:00Z");
    private static final ApprovalRequestId ID = new ApprovalRequestId(new UUID(0, 1));
    private static final GuardId MAIN = new GuardId("main");
    private static final CriticalCall STOP =
            new CriticalCall(CriticalOperation.STOP_PROTECTION, "instance:prod/web-1", "stop");

    private static final ApprovalRequested REQUESTED = new ApprovalRequested(ID, MAIN, STOP, "alice", TOMORROW, NOON);
    private static final RequestApproved APPROVED = new RequestApproved(ID, "bob", AT_FOUR, NOON);
    private static final RequestDenied DENIED = new RequestDenied(ID, "bob", NOON);
    private static final RequestCancelled CANCELLED = new RequestCancelled(ID, NOON);
    private static final ApprovalUsed USED = new ApprovalUsed(ID, NOON);
    private static final UseApproval USE = new UseApproval(ID, MAIN, STOP, "alice", NOON);

    private final FixtureConfiguration<ApprovalRequest> request = new AggregateTestFixture<>(ApprovalRequest.class);

    private static ApproveRequest approve(String who, Instant at) {
        return new ApproveRequest(ID, who, AT_FOUR, at);
    }

    private void refused(Object command, Object... given) {
        request.given(given).when(command).expectNoEvents().expectException(CommandRejected.class);
    }

    private void ignored(Object command, Object... given) {
        request.given(given).when(command).expectNoEvents().expectSuccessfulHandlerExecution();
    }

    @Test
    void isMadeOnce() {
        RequestApproval make = new RequestApproval(ID, MAIN, STOP, "alice", TOMORROW, NOON);
        request.givenNoPriorActivity().when(make).expectEvents(REQUESTED);
        ignored(make, REQUESTED);
    }

    @Test
    void anotherPrincipalApprovesInTime() {
        request.given(REQUESTED).when(approve("bob", NOON)).expectEvents(APPROVED);
        ignored(approve("carol", NOON), REQUESTED, APPROVED);
        request.given(REQUESTED)
                .when(approve("alice", NOON))
                .expectNoEvents()
                .expectException(CommandRejected.class)
                .expectExceptionMessage(containsString("by whatever token"));
        request.given(REQUESTED)
                .when(approve("bob", TOMORROW))
                .expectNoEvents()
                .expectException(CommandRejected.class)
                .expectExceptionMessage(containsString("expired since 2026-11-02T12:00:00Z"));
        refused(approve("bob", AT_FOUR), REQUESTED, APPROVED);
        refused(approve("bob", NOON), REQUESTED, DENIED);
        refused(approve("bob", NOON), REQUESTED, CANCELLED);
        refused(approve("bob", NOON), REQUESTED, APPROVED, USED);
        request.givenNoPriorActivity().when(approve("bob", NOON)).expectException(CommandRejected.class);
    }

    @Test
    void isDeniedByAnotherAndCancelledByWhoeverMadeIt() {
        DenyRequest deny = new DenyRequest(ID, "bob", NOON);
        request.given(REQUESTED).when(deny).expectEvents(DENIED);
        request.given(REQUESTED, APPROVED).when(deny).expectEvents(DENIED);
        ignored(deny, REQUESTED, DENIED);
        refused(deny, REQUESTED, APPROVED, USED);
        refused(new DenyRequest(ID, "alice", NOON), REQUESTED);
        CancelRequest cancel = new CancelRequest(ID, "alice", NOON);
        request.given(REQUESTED).when(cancel).expectEvents(CANCELLED);
        request.given(REQUESTED, APPROVED).when(cancel).expectEvents(CANCELLED);
        ignored(cancel, REQUESTED, CANCELLED);
        refused(cancel, REQUESTED, DENIED);
        refused(new CancelRequest(ID, "bob", NOON), REQUESTED);
    }

    @Test
    void letsTheSameThroughOnceAndInTime() {
        request.given(REQUESTED, APPROVED).when(USE).expectEvents(USED);
        refused(USE, REQUESTED);
        refused(USE, REQUESTED, APPROVED, USED);
        refused(USE, REQUESTED, APPROVED, DENIED);
        refused(USE, REQUESTED, APPROVED, CANCELLED);
        refused(new UseApproval(ID, MAIN, STOP, "alice", AT_FOUR), REQUESTED, APPROVED);
        refused(new UseApproval(ID, MAIN, STOP, "mallory", NOON), REQUESTED, APPROVED);
        refused(new UseApproval(ID, new GuardId("other"), STOP, "alice", NOON), REQUESTED, APPROVED);
        for (CriticalCall other : List.of(
                new CriticalCall(CriticalOperation.SUSPEND_BACKUPS, STOP.resource(), STOP.detail()),
                new CriticalCall(STOP.operation(), "instance:prod/web-2", STOP.detail()),
                new CriticalCall(STOP.operation(), STOP.resource(), "stop, and more"))) {
            refused(new UseApproval(ID, MAIN, other, "alice", NOON), REQUESTED, APPROVED);
        }
    }

    @Test
    void settingsHaveBounds() {
        Duration day = Duration.ofDays(1);
        assertEquals(day, new GuardSettings(day, day, true).requestValidity());
        assertThrows(IllegalArgumentException.class, () -> new GuardSettings(Duration.ofDays(31), day, true));
        assertThrows(IllegalArgumentException.class, () -> new GuardSettings(day, Duration.ZERO, true));
        assertThrows(IllegalArgumentException.class, () -> new GuardSettings(day, Duration.ofDays(8), true));
    }
}
