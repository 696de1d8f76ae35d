package io.diskvault.storage.view;

import io.micronaut.core.annotation.Introspected;

/// What the recovery points of one snapshot resource group take.
@Introspected
public record StorageTotals(String snapshotGroup, long logicalBytes, long usedBytes, long storedBytes) {}
