package io.diskvault.policy;

import java.time.ZoneId;

/// What one version of a policy says about keeping recovery points.
///
/// @param zone whose calendar counts
public record RetentionTerms(PolicyId policy, long policyVersion, RetentionRules rules, ZoneId zone) {}
