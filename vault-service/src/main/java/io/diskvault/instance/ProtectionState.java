package io.diskvault.instance;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;
import java.util.Arrays;
import java.util.stream.Collectors;

/// How far the life of a backup instance has come. Configuring is one transaction, so nobody ever sees it under way.
public enum ProtectionState {
    /// Slots become backups, and points whose time is up expire.
    PROTECTION_CONFIGURED("ProtectionConfigured"),
    /// No backups, and nothing expires.
    PROTECTION_STOPPED("ProtectionStopped"),
    /// No backups; expiry goes on, and the newest point stays.
    BACKUPS_SUSPENDED("BackupsSuspended"),
    /// Deleted, with everything kept until it is purged; the disk is free to be protected elsewhere.
    SOFT_DELETED("SoftDeleted");

    private final String text;

    ProtectionState(String text) {
        this.text = text;
    }

    /// As it is stored and told.
    @JsonValue
    public String text() {
        return text;
    }

    /// Reads what [#text] wrote.
    @JsonCreator
    public static ProtectionState of(String text) {
        return Arrays.stream(values())
                .filter(state -> state.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no protection state " + text));
    }

    /// Reads what a caller typed.
    ///
    /// @throws io.diskvault.command.CommandRejected if there is no such state
    public static ProtectionState asked(String text) {
        return Arrays.stream(values())
                .filter(state -> state.text.equals(text))
                .findFirst()
                .orElseThrow(() -> GeneralRejection.invalid("state is %s; it is one of %s."
                        .formatted(
                                Quoted.of(text),
                                Arrays.stream(values())
                                        .map(ProtectionState::text)
                                        .collect(Collectors.joining(", ")))));
    }

    /// Whether points go when their time is up.
    public boolean expires() {
        return this == PROTECTION_CONFIGURED || this == BACKUPS_SUSPENDED;
    }
}
