package io.diskvault.policy;

import java.time.Instant;
import java.util.Optional;

/// What goes on for an instance if nobody changes its state.
///
/// @param backsUp whether its slots become backups
/// @param expires whether points go when their time is up
/// @param purgeTime when all of its points go, if it is deleted
public record ForecastProtection(boolean backsUp, boolean expires, Optional<Instant> purgeTime) {}
