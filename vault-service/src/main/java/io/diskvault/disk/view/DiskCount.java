package io.diskvault.disk.view;

import io.micronaut.core.annotation.Introspected;

/// How many disks there are, and how many of them backup instances protect.
@Introspected
public record DiskCount(long disks, long protectedDisks) {}
