package io.diskvault.policy;

/// How long recovery points with a tag are kept.
public record RetentionRule(String tag, RetentionDuration duration) {
    /// The tag of the rule that is always there.
    public static final String DEFAULT_TAG = "Default";
}
