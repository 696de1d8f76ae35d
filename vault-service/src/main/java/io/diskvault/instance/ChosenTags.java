package io.diskvault.instance;

import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;
import io.diskvault.instance.view.InstanceRow;
import io.diskvault.instance.view.InstanceRows;
import io.diskvault.policy.view.PolicyRows;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// Checks which rule of an instance's policy a caller chose for an on-demand recovery point.
@Singleton
public class ChosenTags {
    private final InstanceRows instances;
    private final PolicyRows policies;

    ChosenTags(InstanceRows instances, PolicyRows policies) {
        this.instances = instances;
        this.policies = policies;
    }

    /// @param tag empty for the usual one, which every policy has
    /// @throws io.diskvault.command.CommandRejected if the policy has no rule with the tag, or there is no instance
    public void require(InstanceId id, Optional<String> tag) {
        InstanceRow instance = instances.findById(id.path()).orElseThrow(() -> InstanceRejection.notFound(id));
        tag.ifPresent(chosen -> require(instance, chosen));
    }

    private void require(InstanceRow instance, String tag) {
        List<String> tags = policies.findById(instance.policy()).stream()
                .flatMap(policy -> policy.retentionRules().rules().stream())
                .map(rule -> rule.tag().text())
                .toList();
        if (!tags.contains(tag)) {
            throw GeneralRejection.invalid("retentionTag is %s; the policy '%s' has rules with the tags %s."
                    .formatted(Quoted.of(tag), instance.policy(), String.join(", ", tags)));
        }
    }
}
