package io.diskvault.restoretest;

import java.time.Instant;

/// By which version of its vault's plan, and for which slot, a test is made.
public record PlannedBy(long version, Instant slot) {}
