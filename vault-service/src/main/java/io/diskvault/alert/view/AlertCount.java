package io.diskvault.alert.view;

import io.micronaut.core.annotation.Introspected;

/// How many alerts are of one severity.
@Introspected
public record AlertCount(String severity, long count) {}
