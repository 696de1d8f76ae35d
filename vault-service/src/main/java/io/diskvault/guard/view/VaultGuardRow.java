package io.diskvault.guard.view;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/// The guard of one vault.
@MappedEntity("vault_guard")
public record VaultGuardRow(@Id String vault, String guard, Instant since) {}
