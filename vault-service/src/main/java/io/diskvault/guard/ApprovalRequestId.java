package io.diskvault.guard;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// Identifies an approval request.
public record ApprovalRequestId(@JsonValue UUID value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ApprovalRequestId {}

    /// The stream's name in the event store.
    @Override
    public String toString() {
        return "approval-request:" + value;
    }
}
