package io.diskvault.health.view;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;

/// Where an instance stands in the list.
@Introspected
public record HealthPlace(String instanceId, Instant protectedSince) {}
