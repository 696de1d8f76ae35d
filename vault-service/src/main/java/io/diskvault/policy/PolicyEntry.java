package io.diskvault.policy;

import io.diskvault.policy.PolicyCommand.CreatePolicy;
import io.diskvault.policy.PolicyCommand.DeletePolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/// The policy's own part of creating and deleting; [PolicyRegistration] sends it after the vault's part.
sealed interface PolicyEntry {
    PolicyId policy();

    record EnterPolicy(CreatePolicy order) implements PolicyEntry {
        @Override
        @TargetAggregateIdentifier
        public PolicyId policy() {
            return order.policy();
        }
    }

    record StrikePolicy(DeletePolicy order) implements PolicyEntry {
        @Override
        @TargetAggregateIdentifier
        public PolicyId policy() {
            return order.policy();
        }
    }
}
