package io.diskvault.health;

import io.diskvault.access.Grants.Reach;
import io.diskvault.health.view.HealthCount;
import io.diskvault.health.view.HealthRow;
import io.diskvault.health.view.HealthRows;
import io.diskvault.instance.Health;
import io.diskvault.instance.InstanceHealths;
import io.diskvault.instance.ProtectionState;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What the table says about how instances are.
@Singleton
final class TableOfHealth implements InstanceHealths {
    private final HealthRows rows;

    TableOfHealth(HealthRows rows) {
        this.rows = rows;
    }

    @Override
    public Map<String, Health> of(Collection<String> instances, Instant now) {
        return instances.isEmpty()
                ? Map.of()
                : rows.findByInstanceIdIn(instances).stream()
                        .collect(Collectors.toMap(HealthRow::instanceId, row -> HealthFindings.at(row.facts(), now)));
    }

    @Override
    public List<Place> page(Filter filter, Reach reach, Page page) {
        return rows
                .listBefore(
                        page.beforeTime(),
                        page.beforeKey(),
                        reach.everywhere(),
                        reach.vaults(),
                        filter.vault().orElse(null),
                        filter.diskGroup().orElse(null),
                        filter.policy().orElse(null),
                        filter.state().map(ProtectionState::text).orElse(null),
                        filter.health().map(Health.State::text).orElse(null),
                        page.now(),
                        page.count())
                .stream()
                .map(row -> new Place(row.instanceId(), row.protectedSince()))
                .toList();
    }

    @Override
    public List<String> problems(Reach reach, Instant now, int count) {
        return rows.problems(reach.everywhere(), reach.vaults(), now, count);
    }

    @Override
    public Counts counts(Reach reach, Instant now) {
        List<HealthCount> counted = rows.countByHealth(reach.everywhere(), reach.vaults(), now);
        return new Counts(
                count(counted, Health.State.HEALTHY),
                count(counted, Health.State.DEGRADED),
                count(counted, Health.State.UNHEALTHY),
                count(counted, Health.State.NOT_PROTECTED),
                counted.stream().mapToLong(HealthCount::diskMissing).sum());
    }

    private static long count(List<HealthCount> counted, Health.State state) {
        return counted.stream()
                .filter(it -> it.health().equals(state.text()))
                .mapToLong(HealthCount::count)
                .sum();
    }
}
