package io.diskvault.access;

import static io.diskvault.access.Permission.*;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/// What a principal can be at a scope; the names are Azure's. The first six are for people and programs, the others
/// are what a vault's identity needs, and are of use to people as well.
public enum Role {
    /// Everything but approving: who gives roles away must not be able to wave his own requests through.
    OWNER("Owner", EnumSet.complementOf(EnumSet.of(GUARDS_APPROVE))),
    BACKUP_CONTRIBUTOR(
            "Backup Contributor",
            EnumSet.complementOf(
                    EnumSet.of(VAULTS_DELETE, ASSIGNMENTS_WRITE, TOKENS_WRITE, GUARDS_WRITE, GUARDS_APPROVE))),
    BACKUP_OPERATOR(
            "Backup Operator",
            EnumSet.of(
                    VAULTS_READ,
                    GROUPS_READ,
                    DISKS_READ,
                    GUARDS_READ,
                    ASSIGNMENTS_READ,
                    BACKUPS_START,
                    RESTORES_START,
                    JOBS_CANCEL,
                    ALERTS_WRITE,
                    METRICS_READ)),
    BACKUP_READER(
            "Backup Reader",
            EnumSet.of(VAULTS_READ, GROUPS_READ, DISKS_READ, GUARDS_READ, ASSIGNMENTS_READ, METRICS_READ)),
    /// Approves critical operations; nothing else, so that nobody gets this role for another purpose.
    BACKUP_MUA_ADMIN("Backup MUA Admin", EnumSet.of(GUARDS_READ, GUARDS_APPROVE)),
    /// For what watches the server: its token lies on another machine, and opens nothing else.
    MONITORING_READER("Monitoring Reader", EnumSet.of(METRICS_READ)),
    DISK_BACKUP_READER("Disk Backup Reader", EnumSet.of(GROUPS_READ, DISKS_READ, DISKS_BACK_UP)),
    DISK_SNAPSHOT_CONTRIBUTOR("Disk Snapshot Contributor", EnumSet.of(GROUPS_READ, SNAPSHOTS_WRITE)),
    DISK_RESTORE_OPERATOR("Disk Restore Operator", EnumSet.of(GROUPS_READ, DISKS_READ, DISKS_RESTORE));

    private static final Set<Role> OF_VAULTS =
            EnumSet.of(DISK_BACKUP_READER, DISK_SNAPSHOT_CONTRIBUTOR, DISK_RESTORE_OPERATOR);

    private final String text;
    private final Set<Permission> permissions;

    Role(String text, EnumSet<Permission> permissions) {
        this.text = text;
        this.permissions = Collections.unmodifiableSet(permissions);
    }

    /// As it is stored and told.
    @JsonValue
    public String text() {
        return text;
    }

    /// Reads what [#text] wrote.
    @JsonCreator
    public static Role of(String text) {
        return Arrays.stream(values())
                .filter(role -> role.text.equals(text))
                .findFirst()
                .orElseThrow(() -> GeneralRejection.invalid("role is %s; it is one of %s."
                        .formatted(
                                Quoted.of(text),
                                Arrays.stream(values()).map(Role::text).collect(Collectors.joining(", ")))));
    }

    public Set<Permission> permissions() {
        return permissions;
    }

    /// Whether the identity of a vault can have it. Azure's documentation of disk backup names these three and no
    /// others: an Owner that is a vault could do what its administrators may not.
    public boolean isForVaults() {
        return OF_VAULTS.contains(this);
    }
}
