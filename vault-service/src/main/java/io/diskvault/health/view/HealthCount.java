package io.diskvault.health.view;

import io.micronaut.core.annotation.Introspected;

/// How many instances are in one state, and of how many of them the disk was not found.
@Introspected
public record HealthCount(String health, long count, long diskMissing) {}
