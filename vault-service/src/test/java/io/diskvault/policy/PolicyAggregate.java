package io.diskvault.policy;

import io.diskvault.policy.PolicyCommand.CreatePolicy;
import io.diskvault.policy.PolicyEntry.EnterPolicy;

/// Shows the aggregate to tests that wire it themselves.
public final class PolicyAggregate {
    private PolicyAggregate() {}

    public static Class<?> type() {
        return BackupPolicy.class;
    }

    /// What the policy is told when it is made; its vault is not.
    public static Object entry(CreatePolicy order) {
        return new EnterPolicy(order);
    }
}
