package io.diskvault.instance.view;

import io.micronaut.core.annotation.Introspected;

/// How many instances stand at one protection state.
@Introspected
public record InstanceCount(String protectionState, long count) {}
