package io.diskvault.instance.web;

import io.diskvault.access.Access;
import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.instance.Health;
import io.diskvault.instance.InstanceHealths;
import io.diskvault.instance.InstanceHealths.Filter;
import io.diskvault.instance.InstanceHealths.Page;
import io.diskvault.instance.InstanceHealths.Place;
import io.diskvault.instance.ProtectionState;
import io.diskvault.web.Cursor;
import io.diskvault.web.Listing;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `/api/v1/backup-instances`: the instances of all vaults that the caller may see.
@Controller("/api/v1/backup-instances")
@ExecuteOn(TaskExecutors.BLOCKING)
final class AllInstancesController {
    private final Access access;
    private final InstanceHealths healths;
    private final InstanceResponse.Source responses;
    private final Clock clock;

    AllInstancesController(Access access, InstanceHealths healths, InstanceResponse.Source responses, Clock clock) {
        this.access = access;
        this.healths = healths;
        this.responses = responses;
        this.clock = clock;
    }

    /// Which instances a caller asks for; what is null does not matter.
    ///
    /// @param resourceGroup of the disk
    /// @param policy its name
    /// @param state of the protection; deleted instances are shown only if `SoftDeleted` is asked for
    @Introspected
    record InstanceFilter(
            @QueryValue @Nullable String vault,
            @QueryValue @Nullable String resourceGroup,
            @QueryValue @Nullable String policy,
            @QueryValue @Nullable String state,
            @QueryValue @Nullable String health,
            @QueryValue @Nullable String cursor,
            @QueryValue @Nullable Integer limit) {
        Filter parsed() {
            return new Filter(
                    Optional.ofNullable(vault),
                    Optional.ofNullable(resourceGroup),
                    Optional.ofNullable(policy),
                    Optional.ofNullable(state).map(ProtectionState::asked),
                    Optional.ofNullable(health).map(Health.State::of));
        }
    }

    @Get
    @Allow(value = Permission.VAULTS_READ, checkedInside = true)
    Listing<InstanceResponse> list(@RequestBean InstanceFilter filter) {
        Cursor before = Cursor.parse(filter.cursor());
        int count = Cursor.limit(filter.limit());
        List<Place> found = healths.page(
                filter.parsed(),
                access.mine().reach(Permission.VAULTS_READ),
                new Page(clock.instant(), before.time(), before.key(), count + 1));
        Listing<String> page =
                Listing.of(found, count, Place::id, place -> new Cursor(place.protectedSince(), place.id()));
        return new Listing<>(responses.ofAll(page.items()), page.nextCursor());
    }
}
