package io.diskvault.instance.view;

import io.micronaut.core.annotation.Introspected;

/// How many recovery points an instance has.
///
/// @param instanceId `vault/name`
@Introspected
public record PointCount(String instanceId, long points) {}
