package io.diskvault.instance;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Who asked for a backup: the schedule or a person.
public enum BackupKind {
    SCHEDULED("Scheduled"),
    ON_DEMAND("OnDemand");

    private final String text;

    BackupKind(String text) {
        this.text = text;
    }

    /// As it is stored and told.
    @JsonValue
    public String text() {
        return text;
    }

    @JsonCreator
    static BackupKind of(String text) {
        return text.equals(SCHEDULED.text) ? SCHEDULED : ON_DEMAND;
    }
}
