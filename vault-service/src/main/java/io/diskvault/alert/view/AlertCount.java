package io.diskvault.alert.view;

import io.micronaut.core.annotation.Introspected;

/// How many alerts of one severity are not closed.
@Introspected
public record AlertCount(String severity, long count) {}
