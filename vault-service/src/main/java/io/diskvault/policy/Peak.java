package io.diskvault.policy;

import java.time.Instant;

/// The most recovery points of scheduled backups that a policy ever keeps of one disk.
///
/// @param reachedAt when that can be for the first time
public record Peak(int livePoints, Instant reachedAt) {}
