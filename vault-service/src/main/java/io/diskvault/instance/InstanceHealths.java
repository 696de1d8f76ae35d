package io.diskvault.instance;

import io.diskvault.access.Grants.Reach;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How the instances are. A feature that follows all that happens to them knows.
public interface InstanceHealths {
    /// How these instances are at an instant, by `vault/name`; those that are not there are left out.
    Map<String, Health> of(Collection<String> instances, Instant now);

    /// A page of the instances of all vaults, newest first.
    List<Place> page(Filter filter, Reach reach, Page page);

    /// Those in a bad state, the worst first, and of equally bad ones those first that have been so for longest, as
    /// `vault/name`.
    List<String> problems(Reach reach, Instant now, int count);

    /// How many there are of each kind.
    Counts counts(Reach reach, Instant now);

    /// Where an instance stands in the list.
    ///
    /// @param id `vault/name`
    record Place(String id, Instant protectedSince) {}

    /// @param diskMissing those whose disk was not found by their latest backup, whatever else they are
    record Counts(long healthy, long degraded, long unhealthy, long notProtected, long diskMissing) {}

    /// What is empty does not matter; but deleted instances are only among those whose state is asked for.
    ///
    /// @param diskGroup the resource group of the disk
    /// @param policy its name, in whichever vault
    record Filter(
            Optional<String> vault,
            Optional<String> diskGroup,
            Optional<String> policy,
            Optional<ProtectionState> state,
            Optional<Health.State> health) {}

    /// @param now the instant that decides how instances are
    /// @param beforeTime with `beforeKey`: where the page begins
    record Page(Instant now, Instant beforeTime, String beforeKey, int count) {}
}
