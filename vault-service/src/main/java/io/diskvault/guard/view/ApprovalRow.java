package io.diskvault.guard.view;

import io.diskvault.guard.ApprovalEvent.ApprovalRequested;
import io.diskvault.guard.ApprovalStatus;
import io.diskvault.guard.CriticalCall;
import io.diskvault.guard.GuardId;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One approval request.
///
/// @param status as the events left it; [#statusAt] knows the time
/// @param approver who approved or denied it, if somebody did
/// @param usableUntil until when its approval can be used, if it has one
@MappedEntity("approval_request")
public record ApprovalRow(
        @Id UUID id,
        String guard,
        String operation,
        String resource,
        String detail,
        String requester,
        String status,
        @Nullable String approver,
        Instant requestedAt,
        Instant expiresAt,
        @Nullable Instant decidedAt,
        @Nullable Instant usableUntil,
        @Nullable Instant usedAt) {
    static ApprovalRow of(ApprovalRequested event) {
        return new ApprovalRow(
                event.request().value(),
                event.guard().name(),
                event.call().operation().text(),
                event.call().resource(),
                event.call().detail(),
                event.requester(),
                ApprovalStatus.REQUESTED.text(),
                null,
                event.at(),
                event.expiresAt(),
                null,
                null,
                null);
    }

    public boolean isFor(GuardId other, CriticalCall call) {
        return guard.equals(other.name())
                && operation.equals(call.operation().text())
                && resource.equals(call.resource())
                && detail.equals(call.detail());
    }

    public ApprovalStatus statusAt(Instant instant) {
        ApprovalStatus known = ApprovalStatus.of(status);
        Instant end = switch (known) {
            case REQUESTED -> expiresAt;
            case APPROVED -> usableUntil;
            case DENIED, CANCELLED, USED, EXPIRED -> null;
        };
        return end == null || instant.isBefore(end) ? known : ApprovalStatus.EXPIRED;
    }
}
