package io.diskvault.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.access.TokenEvent;
import io.diskvault.alert.AlertEvent;
import io.diskvault.command.FeatureModule;
import io.diskvault.disk.DiskEvent;
import io.diskvault.guard.ApprovalEvent;
import io.diskvault.guard.GuardEvent;
import io.diskvault.guard.GuardProxyEvent;
import io.diskvault.instance.InstanceEvent;
import io.diskvault.job.JobEvent;
import io.diskvault.policy.PolicyEvent;
import io.diskvault.resourcegroup.ResourceGroupEvent;
import io.diskvault.restoretest.RestoreTestEvent;
import io.diskvault.restoretest.RestoreTestPlanEvent;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.vault.VaultEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.axonframework.config.Configurer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoredTypesTest {
    private static final List<Class<?>> EVENTS = List.of(
            AlertEvent.class,
            ApprovalEvent.class,
            DiskEvent.class,
            GuardEvent.class,
            GuardProxyEvent.class,
            InstanceEvent.class,
            JobEvent.class,
            PolicyEvent.class,
            ResourceGroupEvent.class,
            RestoreTestEvent.class,
            RestoreTestPlanEvent.class,
            TokenEvent.class,
            VaultEvent.class);

    private TestServer server;

    @BeforeAll
    void start(@TempDir Path directory) {
        server = TestServer.start(TestDatabase.H2.fresh(directory));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void everyEventHasAStoredName() {
        Map<String, Class<?>> stored = server.part(StoredTypes.class).all();
        EVENTS.stream()
                .flatMap(StoredTypesTest::leaves)
                .forEach(event -> assertTrue(stored.containsValue(event), event + " has no stored name"));
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(StoredTypesTest::leaves)
                : Stream.of(type);
    }

    /// A line may be added here and none removed or changed: the event stores of all installations hold these names.
    @Test
    void namesAreForEver() {
        assertEquals(
                """
                alert.acknowledged
                alert.closed
                alert.raised
                alert.repeated
                alert.resolved
                alert.snapshot
                approval.approved
                approval.cancelled
                approval.denied
                approval.requested
                approval.snapshot
                approval.used
                disk.protected
                disk.registered
                disk.removed
                disk.restore-ended
                disk.restore-started
                disk.snapshot
                disk.unprotected
                guard-proxy.snapshot
                guard-proxy.vault-guarded
                guard-proxy.vault-unguarded
                guard.created
                guard.deleted
                guard.operations-changed
                guard.snapshot
                guard.vault-added
                guard.vault-removed
                instance.backup-ended
                instance.backup-requested
                instance.backup-slot-skipped
                instance.backup-slots-missed
                instance.backup-slots-reopened
                instance.backups-suspended
                instance.disk-overwrite-ended
                instance.disk-overwrite-started
                instance.legal-hold-released
                instance.legal-hold-set
                instance.point-export-ended
                instance.point-exported
                instance.policy-switched
                instance.protection-configured
                instance.protection-removed
                instance.protection-resumed
                instance.protection-stopped
                instance.recovery-point-created
                instance.recovery-point-expired
                instance.restore-requested
                instance.snapshot
                instance.soft-deleted
                instance.undeleted
                job.cancellation-requested
                job.cancelled
                job.completed
                job.failed
                job.queued
                job.requeued
                job.restore-measured
                job.retry-scheduled
                job.snapshot
                job.started
                policy.assigned
                policy.changed
                policy.created
                policy.deleted
                policy.schedule-time-corrected
                policy.snapshot
                policy.unassigned
                resource-group.created
                resource-group.deleted
                resource-group.member-added
                resource-group.member-removed
                resource-group.snapshot
                restore-test-plan.deleted
                restore-test-plan.set
                restore-test-plan.snapshot
                restore-test-plan.tests-decided
                restore-test.ended
                restore-test.proof-overdue-raised
                restore-test.proof-overdue-resolved
                restore-test.requested
                restore-test.snapshot
                role.assigned
                role.revoked
                role.snapshot
                token.issued
                token.revoked
                token.snapshot
                vault.created
                vault.deleted
                vault.immutability-changed
                vault.member-added
                vault.member-removed
                vault.snapshot
                vault.soft-delete-changed""",
                String.join(
                        "\n", new TreeSet<>(server.part(StoredTypes.class).all().keySet())));
    }

    @Test
    void refusesANameOrAClassTwice() {
        FeatureModule one = module(Map.of("thing.made", String.class));
        assertThrows(
                IllegalStateException.class,
                () -> new StoredTypes(List.of(one, module(Map.of("thing.made", Long.class)))));
        assertThrows(
                IllegalStateException.class,
                () -> new StoredTypes(List.of(one, module(Map.of("thing.other", String.class)))));
    }

    private static FeatureModule module(Map<String, Class<?>> types) {
        return new FeatureModule() {
            @Override
            public Map<String, Class<?>> storedTypes() {
                return types;
            }

            @Override
            public void register(Configurer configurer) {}
        };
    }
}
