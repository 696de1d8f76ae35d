package io.diskvault.instance;

import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diskvault.command.CommandRejected;
import io.diskvault.disk.DiskId;
import io.diskvault.instance.InstanceCommand.DecideBackup;
import io.diskvault.instance.InstanceCommand.DecideRestore;
import io.diskvault.instance.InstanceEvent.BackupEnded;
import io.diskvault.instance.InstanceEvent.BackupRequested;
import io.diskvault.instance.InstanceEvent.BackupSlotSkipped;
import io.diskvault.instance.InstanceEvent.ProtectionConfigured;
import io.diskvault.instance.InstanceEvent.RestoreRequested;
import io.diskvault.instance.InstanceEvent.SkipReason;
import io.diskvault.job.JobId;
import io.diskvault.policy.PolicyId;
import io.diskvault.resourcegroup.ResourceGroupId;
import io.diskvault.testing.RecordedPoints;
import io.diskvault.testing.TestDatabase;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How many recovery points an instance may have, and how often people may ask for something.
class LimitsTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final InstanceId WEB = new InstanceId("prod", "web-1");
    private static final BackupLimits LIMITS = new BackupLimits(3, 5, 10);
    private static final ProtectionConfigured PROTECTED = new ProtectionConfigured(
            WEB, new DiskId("vm-disks", "web-1"), new PolicyId("prod", "gold"), new ResourceGroupId("snapshots"), NOON);

    @TempDir
    Path directory;

    private final FixtureConfiguration<BackupInstance> instance = new AggregateTestFixture<>(BackupInstance.class);

    private static Instant hour(int hours) {
        return NOON.plus(Duration.ofHours(hours));
    }

    private static JobId job(int number) {
        return JobId.forOccasion("job", Integer.toString(number));
    }

    /// A protected instance with so many points, the scheduled ones first.
    private static List<Object> points(int scheduled, int onDemand) {
        List<Object> history = new ArrayList<>(List.of(PROTECTED));
        for (int i = 1; i <= scheduled + onDemand; i++) {
            BackupKind kind = i <= scheduled ? BackupKind.SCHEDULED : BackupKind.ON_DEMAND;
            history.add(RecordedPoints.created(WEB, job(i), kind, hour(i)));
        }
        return history;
    }

    private static DecideBackup atSlot(int hour) {
        return new DecideBackup(
                WEB, job(hour), Optional.of(hour(hour)), Optional.empty(), Optional.empty(), LIMITS, hour(hour));
    }

    private static DecideBackup onDemand(int number, Instant at) {
        return new DecideBackup(WEB, job(number), Optional.empty(), Optional.empty(), Optional.empty(), LIMITS, at);
    }

    @Test
    void aSlotAtTheCapIsSkipped() {
        instance.given(points(2, 2)).when(atSlot(9)).expectResultMessagePayload(true);
        BackupSlotSkipped skipped =
                new BackupSlotSkipped(WEB, hour(9), SkipReason.MAX_RECOVERY_POINTS_REACHED, hour(9));
        instance.given(points(3, 0)).when(atSlot(9)).expectEvents(skipped).expectResultMessagePayload(false);
        instance.given(points(0, 5)).when(atSlot(9)).expectEvents(skipped);
    }

    @Test
    void whatTheCapLeavesIsForRequests() {
        instance.given(points(3, 1)).when(onDemand(9, hour(9))).expectResultMessagePayload(true);
        instance.given(points(3, 2))
                .when(onDemand(9, hour(9)))
                .expectNoEvents()
                .expectException(CommandRejected.class)
                .expectExceptionMessage(containsString("has 5 recovery points"));
    }

    @Test
    void aDayHasSoManyOnDemandBackups() {
        List<Object> history = new ArrayList<>(List.of(PROTECTED));
        for (int i = 1; i <= 10; i++) {
            history.add(new BackupRequested(WEB, job(i), Optional.empty(), Optional.empty(), hour(i)));
            history.add(new BackupEnded(WEB, job(i), "Completed", hour(i)));
        }
        instance.given(history.subList(0, 19)).when(onDemand(11, hour(10))).expectResultMessagePayload(true);
        instance.given(history)
                .when(onDemand(11, hour(11)))
                .expectNoEvents()
                .expectException(CommandRejected.class)
                .expectExceptionMessage(containsString("10 on-demand backups of this day"))
                .expectExceptionMessage(containsString("possible at 2026-11-02T00:00:00Z"));
        instance.given(history).when(onDemand(10, hour(11))).expectNoEvents().expectResultMessagePayload(false);
        instance.given(history).when(atSlot(11)).expectResultMessagePayload(true);
        instance.given(history).when(onDemand(11, hour(12))).expectResultMessagePayload(true);
        instance.given(history).when(onDemand(11, hour(-24))).expectNoEvents().expectException(CommandRejected.class);
    }

    @Test
    void aDayHasSoManyRestoresOfPointsThatAreThere() {
        List<Object> history = new ArrayList<>(points(1, 0));
        instance.given(history)
                .when(new DecideRestore(WEB, job(20), job(1).text(), 2, hour(2)))
                .expectEvents(restored(20, 2))
                .expectResultMessagePayload(true);
        history.addAll(List.of(restored(20, 2), restored(21, 3)));
        instance.given(history)
                .when(new DecideRestore(WEB, job(21), job(1).text(), 2, hour(4)))
                .expectNoEvents()
                .expectResultMessagePayload(false);
        instance.given(history)
                .when(new DecideRestore(WEB, job(22), job(1).text(), 2, hour(4)))
                .expectNoEvents()
                .expectException(CommandRejected.class)
                .expectExceptionMessage(
                        containsString("2 restores of this day; the next is possible at 2026-11-02T00"));
        instance.given(history)
                .when(new DecideRestore(WEB, job(22), job(1).text(), 2, hour(12)))
                .expectEvents(restored(22, 12));
        instance.given(history)
                .when(new DecideRestore(WEB, job(22), job(9).text(), 9, hour(4)))
                .expectNoEvents()
                .expectException(CommandRejected.class)
                .expectExceptionMessage(containsString(job(9).text()));
    }

    private static RestoreRequested restored(int number, int hour) {
        return new RestoreRequested(WEB, job(number), job(1).text(), hour(hour));
    }

    @Test
    void theSettingsHaveDefaultsNamesAndBounds() {
        try (ApplicationContext context = context(Map.of())) {
            assertEquals(new DailyLimits(10, 10), context.getBean(DailyLimits.class));
        }
        Map<String, Object> set =
                Map.of("diskvault.limits.on-demand-backups-per-day", "2", "diskvault.limits.restores-per-day", "3");
        try (ApplicationContext context = context(set)) {
            assertEquals(new DailyLimits(2, 3), context.getBean(DailyLimits.class));
        }
        assertThrows(IllegalArgumentException.class, () -> new DailyLimits(0, 10));
        assertThrows(IllegalArgumentException.class, () -> new DailyLimits(10, 1001));
    }

    private ApplicationContext context(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(TestDatabase.H2.fresh(directory));
        all.putAll(settings);
        return ApplicationContext.run(all);
    }
}
