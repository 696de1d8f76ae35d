package io.diskvault.instance.view;

import io.diskvault.policy.PolicyId;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/// A policy that an instance follows or followed, of an instance that followed more than one.
///
/// @param id instance and instant
/// @param instanceId `vault/name`
/// @param policy `vault/name`
/// @param since [Instant#EPOCH] for the first one
@MappedEntity("instance_policy")
public record InstancePolicyRow(@Id String id, String instanceId, String policy, Instant since) {
    static InstancePolicyRow of(String instance, PolicyId policy, Instant since) {
        return new InstancePolicyRow(instance + "@" + since, instance, policy.path(), since);
    }
}
