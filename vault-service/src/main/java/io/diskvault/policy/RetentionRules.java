package io.diskvault.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.command.CommandRejected;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The retention rules of a policy: `Default`, which is always there, and at most one for each other tag. However
/// they were given, they are in one order, `Default` first.
public record RetentionRules(@JsonValue List<RetentionRule> rules) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RetentionRules {
        rules = rules.stream()
                .sorted(Comparator.comparing(RetentionRule::tag).thenComparing(RetentionRule::text))
                .toList();
        for (RetentionTag tag : RetentionTag.values()) {
            long count = rules.stream().filter(rule -> rule.tag() == tag).count();
            if (count > 1) {
                throw refused(
                        "retention has %d rules with the tag %s; one at most is allowed.".formatted(count, tag.text()));
            }
        }
        if (rules.isEmpty() || rules.getFirst().tag() != RetentionTag.DEFAULT) {
            throw refused("retention has no rule with the tag Default; it is needed always and cannot be removed.");
        }
    }

    private static CommandRejected refused(String message) {
        return new CommandRejected(PolicyRejection.RETENTION_INVALID, message);
    }

    /// The rule for every recovery point that no other rule claims.
    public RetentionRule defaultRule() {
        return rules.getFirst();
    }

    /// The rule with a tag, if there is one.
    public Optional<RetentionRule> find(RetentionTag tag) {
        return rules.stream().filter(rule -> rule.tag() == tag).findFirst();
    }

    /// These rules with another one for its tag.
    RetentionRules with(RetentionRule changed) {
        return new RetentionRules(rules.stream()
                .map(rule -> rule.tag() == changed.tag() ? changed : rule)
                .toList());
    }

    /// The rule that decides about a scheduled point: of all that match, the one with the lowest priority number.
    ///
    /// @param previous when the instance's scheduled point before this one was made. On-demand points and failed
    ///     backups do not count, so those use no "first of" up, and the next success takes what a failure left
    public RetentionRule ruleFor(Instant at, Optional<Instant> previous, ZoneId zone) {
        return rules.stream()
                .filter(rule -> rule.tag().matches(at, previous, zone))
                .min(Comparator.comparingInt(rule -> rule.tag().priority()))
                .orElseThrow();
    }
}
