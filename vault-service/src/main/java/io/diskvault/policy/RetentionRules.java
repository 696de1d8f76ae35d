package io.diskvault.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.command.CommandRejected;
import io.diskvault.command.Quoted;
import java.util.List;

/// The retention rules of a policy. The `Default` rule is always there and, so far, the only one.
public record RetentionRules(@JsonValue List<RetentionRule> rules) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RetentionRules {
        rules = List.copyOf(rules);
        for (RetentionRule rule : rules) {
            if (!rule.tag().equals(RetentionRule.DEFAULT_TAG)) {
                throw new CommandRejected(
                        PolicyRejection.RETENTION_INVALID,
                        "retention has a rule with the tag %s; only %s is supported."
                                .formatted(Quoted.of(rule.tag()), RetentionRule.DEFAULT_TAG));
            }
        }
        if (rules.size() != 1) {
            throw new CommandRejected(
                    PolicyRejection.RETENTION_INVALID,
                    "retention has %d rules with the tag %s; exactly one is needed."
                            .formatted(rules.size(), RetentionRule.DEFAULT_TAG));
        }
    }

    /// The rule for every recovery point that no other rule claims.
    public RetentionRule defaultRule() {
        return rules.getFirst();
    }
}
