package io.diskvault.access;

import io.diskvault.access.RoleCommand.AssignRole;
import io.diskvault.access.RoleCommand.RevokeRole;
import io.diskvault.access.RoleEvent.RoleAssigned;
import io.diskvault.access.RoleEvent.RoleRevoked;
import io.diskvault.command.CommandRejected;
import io.diskvault.testing.Snapshots;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class RoleAssignmentTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final RoleAssignmentId ID = new RoleAssignmentId(new UUID(0, 1));
    private static final Scope VAULT = Scope.vault("prod");
    private static final AssignRole ASSIGN = new AssignRole(ID, "alice", Role.BACKUP_OPERATOR, VAULT, NOON);
    private static final RoleAssigned ASSIGNED = new RoleAssigned(ID, "alice", Role.BACKUP_OPERATOR, VAULT, NOON);
    private static final RevokeRole REVOKE = new RevokeRole(ID, NOON);
    private static final RoleRevoked REVOKED = new RoleRevoked(ID, NOON);

    private final FixtureConfiguration<RoleAssignment> assignment = new AggregateTestFixture<>(RoleAssignment.class);

    @Test
    void isMadeOnce() {
        assignment.givenNoPriorActivity().when(ASSIGN).expectEvents(ASSIGNED);
        assignment.given(ASSIGNED).when(ASSIGN).expectNoEvents().expectSuccessfulHandlerExecution();
    }

    @Test
    void isRevokedOnce() {
        assignment.given(ASSIGNED).when(REVOKE).expectEvents(REVOKED);
        assignment.given(ASSIGNED, REVOKED).when(REVOKE).expectNoEvents().expectSuccessfulHandlerExecution();
        assignment.givenNoPriorActivity().when(REVOKE).expectException(CommandRejected.class);
    }

    @Test
    void givesAVaultNothingButWhatVaultsNeed() {
        for (Role role : Role.values()) {
            var result = new AggregateTestFixture<>(RoleAssignment.class)
                    .givenNoPriorActivity()
                    .when(new AssignRole(
                            ID, Principals.ofVault("prod", new UUID(0, 2)), role, Scope.group("vm-disks"), NOON));
            if (role.isForVaults()) {
                result.expectSuccessfulHandlerExecution();
            } else {
                result.expectNoEvents().expectException(CommandRejected.class);
            }
        }
    }

    @Test
    @SuppressWarnings("NullAway") // only the names of a module are asked for
    void decidesTheSameFromItsSnapshot() {
        RoleAssignment state = new RoleAssignment();
        state.on(ASSIGNED);
        state.on(REVOKED);
        RoleAssignment restored = new Snapshots(new RoleModule()).restored("role.snapshot", state);
        new AggregateTestFixture<>(RoleAssignment.class)
                .givenState(() -> restored)
                .when(REVOKE)
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }
}
