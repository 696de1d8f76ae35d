package io.diskvault.job.view;

import io.micronaut.core.annotation.Introspected;

/// How many jobs of one operation stand at one status.
@Introspected
public record JobCount(String operation, String status, long count) {}
