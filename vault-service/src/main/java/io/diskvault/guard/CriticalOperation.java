package io.diskvault.guard;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/// What a resource guard can put under the approval of a second person: what makes recovery points go sooner, or new
/// ones fail to come, and what puts an old state of a disk in the place of the present one.
public enum CriticalOperation {
    /// Soft delete is switched off, is no longer always on, or keeps for fewer days.
    REDUCE_SOFT_DELETE("ReduceSoftDelete"),
    /// Unlocked immutability is disabled.
    REDUCE_IMMUTABILITY("ReduceImmutability"),
    STOP_PROTECTION("StopProtection"),
    SUSPEND_BACKUPS("SuspendBackups"),
    /// An instance is deleted or purged, or is resumed so that points go which a stop had kept beyond their time.
    DELETE_DATA("DeleteData"),
    /// A policy keeps less or gets another schedule, or an instance gets a policy that does.
    WEAKEN_POLICY("WeakenPolicy"),
    RELEASE_LEGAL_HOLD("ReleaseLegalHold"),
    /// A recovery point is restored over a disk that is there.
    OVERWRITE_DISK("OverwriteDisk"),
    /// A vault loses its guard or gets another one, or a guard loses operations. Always among the operations of a
    /// guard.
    REMOVE_GUARD("RemoveGuard"),
    /// The guard's role is given or taken, or somebody gets a token of a principal that has it. Likewise always.
    CHANGE_APPROVERS("ChangeApprovers");

    private static final Set<CriticalOperation> ALWAYS = EnumSet.of(REMOVE_GUARD, CHANGE_APPROVERS);

    private final String text;

    CriticalOperation(String text) {
        this.text = text;
    }

    /// As it is stored and told.
    @JsonValue
    public String text() {
        return text;
    }

    /// Reads what [#text] wrote.
    @JsonCreator
    public static CriticalOperation of(String text) {
        return Arrays.stream(values())
                .filter(operation -> operation.text.equals(text))
                .findFirst()
                .orElseThrow(() -> GeneralRejection.invalid("operation is %s; it is one of %s."
                        .formatted(
                                Quoted.of(text),
                                Arrays.stream(values())
                                        .map(CriticalOperation::text)
                                        .collect(Collectors.joining(", ")))));
    }

    /// Those that were chosen, with those that nobody can leave out, in one order.
    public static Set<CriticalOperation> withIndispensable(Set<CriticalOperation> chosen) {
        EnumSet<CriticalOperation> all = EnumSet.copyOf(ALWAYS);
        all.addAll(chosen);
        return Collections.unmodifiableSet(all);
    }
}
