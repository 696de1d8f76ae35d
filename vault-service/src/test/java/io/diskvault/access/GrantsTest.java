package io.diskvault.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.access.Grants.Grant;
import io.diskvault.access.Grants.Reach;
import io.diskvault.command.CommandRejected;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantsTest {
    private static final Scope VAULT = Scope.vault("prod");
    private static final Scope GROUP = Scope.group("vm-disks");
    private static final Scope DISK = Scope.disk("vm-disks", "web-1");

    private static Grants with(Role role, Scope scope) {
        return new Grants(List.of(new Grant(role, scope)));
    }

    @Test
    void nothingIsAllowedThatWasNotGranted() {
        Grants none = new Grants(List.of());
        for (Permission permission : Permission.values()) {
            assertFalse(none.allow(permission, Scope.SERVER));
            assertFalse(none.allow(permission, DISK));
        }
    }

    @Test
    void whatIsInsideInheritsAndWhatIsAroundOrBesideDoesNot() {
        Grants onGroup = with(Role.BACKUP_READER, GROUP);
        assertTrue(onGroup.allow(Permission.DISKS_READ, DISK));
        assertTrue(onGroup.allow(Permission.DISKS_READ, GROUP));
        assertFalse(onGroup.allow(Permission.DISKS_READ, Scope.SERVER));
        assertFalse(onGroup.allow(Permission.DISKS_READ, Scope.disk("vm-disks2", "web-1")));
        assertFalse(onGroup.allow(Permission.VAULTS_READ, VAULT));
        Grants onServer = with(Role.BACKUP_READER, Scope.SERVER);
        assertTrue(onServer.allow(Permission.DISKS_READ, DISK));
        assertTrue(onServer.allow(Permission.VAULTS_READ, VAULT));
        assertFalse(with(Role.OWNER, DISK).allow(Permission.GROUPS_READ, GROUP));
    }

    @Test
    void rolesAtOneScopeAddUp() {
        Grants both = new Grants(
                List.of(new Grant(Role.DISK_BACKUP_READER, DISK), new Grant(Role.DISK_SNAPSHOT_CONTRIBUTOR, DISK)));
        assertTrue(both.allow(Permission.DISKS_BACK_UP, DISK));
        assertTrue(both.allow(Permission.SNAPSHOTS_WRITE, DISK));
        assertFalse(both.allow(Permission.DISKS_RESTORE, DISK));
    }

    @Test
    void reachNamesWhereSomethingIsAllowedAndIsNeverEmpty() {
        Grants mixed = new Grants(List.of(
                new Grant(Role.BACKUP_READER, VAULT),
                new Grant(Role.DISK_BACKUP_READER, DISK),
                new Grant(Role.DISK_SNAPSHOT_CONTRIBUTOR, GROUP)));
        Reach disks = mixed.reach(Permission.DISKS_READ);
        assertFalse(disks.everywhere());
        assertEquals(List.of("vm-disks/web-1"), disks.disks());
        assertEquals(List.of(""), disks.groups());
        assertEquals(List.of("prod"), disks.vaults());
        assertTrue(with(Role.OWNER, Scope.SERVER).reach(Permission.DISKS_READ).everywhere());
    }

    @Test
    void scopesAreReadAsTheyAreWritten() {
        for (Scope scope : List.of(Scope.SERVER, VAULT, GROUP, DISK)) {
            assertEquals(scope, Scope.parse(scope.text()));
        }
        assertEquals(GROUP, DISK.parent().orElseThrow());
        assertEquals(Scope.SERVER, GROUP.parent().orElseThrow());
        assertTrue(Scope.SERVER.parent().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Server",
                "server:",
                "vault:",
                "vault:a/b",
                "vault:../x",
                "group:vm disks",
                "disk:web-1",
                "disk:/web-1",
                "disk:vm-disks/",
                "disk:a1/b1/c1",
                "instance:prod/web-1"
            })
    void whatIsNoScopeIsRefused(String text) {
        assertThrows(CommandRejected.class, () -> Scope.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "system",
                "anonymous",
                "system:process",
                "oidc:",
                "oidc:a b",
                "a",
                "vault:prod#1",
                "al\u0000ice"
            })
    void whatNobodyCanBeCalledIsRefused(String principal) {
        assertThrows(CommandRejected.class, () -> Principals.check(principal));
    }
}
