package io.diskvault.alert;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;
import java.util.Arrays;
import java.util.stream.Collectors;

/// What an alert is about. The names are stored for ever and told to callers.
public enum AlertKind {
    BACKUP_FAILED("BackupFailed", Severity.CRITICAL),
    RESTORE_FAILED("RestoreFailed", Severity.CRITICAL),
    /// A restore test did not prove what it was to prove.
    RESTORE_TEST_FAILED("RestoreTestFailed", Severity.CRITICAL),
    /// A scheduled backup was not started.
    SLOT_MISSED("SlotMissed", Severity.WARNING),
    /// An instance has had no recovery point for much longer than its schedule says.
    NO_RECOVERY_POINT("NoRecoveryPoint", Severity.CRITICAL),
    /// An instance has nearly as many recovery points as it may have; at the cap its slots are skipped.
    RECOVERY_POINT_CAP_NEAR("RecoveryPointCapNear", Severity.WARNING),
    /// No restore test has proven a recovery point of an instance for longer than its vault's plan allows.
    RESTORE_PROOF_OVERDUE("RestoreProofOverdue", Severity.WARNING),
    DAMAGED_DATA("DamagedData", Severity.CRITICAL),
    DATASTORE_NEARLY_FULL("DatastoreNearlyFull", Severity.WARNING),
    /// Soft-deleted data will soon be gone for good.
    PURGE_DUE("PurgeDue", Severity.WARNING),
    RETENTION_SHORTENED("RetentionShortened", Severity.WARNING),
    /// Recovery points whose time is up are not removed.
    EXPIRY_BEHIND("ExpiryBehind", Severity.WARNING);

    private final String text;
    private final Severity severity;

    AlertKind(String text, Severity severity) {
        this.text = text;
        this.severity = severity;
    }

    /// As it is stored and told.
    @JsonValue
    public String text() {
        return text;
    }

    /// How bad it is, unless a cause says otherwise.
    public Severity severity() {
        return severity;
    }

    /// Reads what [#text] wrote.
    ///
    /// @throws io.diskvault.command.CommandRejected if there is no such kind
    @JsonCreator
    public static AlertKind of(String text) {
        return Arrays.stream(values())
                .filter(kind -> kind.text.equals(text))
                .findFirst()
                .orElseThrow(() -> GeneralRejection.invalid("kind is %s; it is one of %s."
                        .formatted(
                                Quoted.of(text),
                                Arrays.stream(values()).map(AlertKind::text).collect(Collectors.joining(", ")))));
    }
}
