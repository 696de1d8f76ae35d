package io.diskvault.policy;

/// How long recovery points with a tag are kept.
public record RetentionRule(RetentionTag tag, RetentionDuration duration) {
    /// As it is told in messages: `Daily P30D`.
    String text() {
        return tag.text() + " " + duration.text();
    }
}
