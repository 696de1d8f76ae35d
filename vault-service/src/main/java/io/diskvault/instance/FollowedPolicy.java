package io.diskvault.instance;

import io.diskvault.policy.PolicyId;
import java.time.Instant;

/// A policy that an instance follows or followed.
///
/// @param since [Instant#EPOCH] for its first one
public record FollowedPolicy(PolicyId policy, Instant since) {}
