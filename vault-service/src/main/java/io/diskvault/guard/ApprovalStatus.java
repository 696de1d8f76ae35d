package io.diskvault.guard;

import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;
import java.util.Arrays;
import java.util.stream.Collectors;

/// How far an approval request has come.
public enum ApprovalStatus {
    REQUESTED("Requested"),
    APPROVED("Approved"),
    DENIED("Denied"),
    CANCELLED("Cancelled"),
    USED("Used"),
    /// Nobody decided in time, or nobody used the approval in time.
    EXPIRED("Expired");

    private final String text;

    ApprovalStatus(String text) {
        this.text = text;
    }

    /// As it is told.
    public String text() {
        return text;
    }

    /// Reads what [#text] wrote.
    public static ApprovalStatus of(String text) {
        return Arrays.stream(values())
                .filter(status -> status.text.equals(text))
                .findFirst()
                .orElseThrow(() -> GeneralRejection.invalid("status is %s; it is one of %s."
                        .formatted(
                                Quoted.of(text),
                                Arrays.stream(values())
                                        .map(ApprovalStatus::text)
                                        .collect(Collectors.joining(", ")))));
    }
}
