package io.diskvault.scheduler;

import io.diskvault.instance.FollowedPolicy;
import io.diskvault.instance.InstanceCatalog;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.ProtectedInstance;
import io.diskvault.policy.PolicyId;
import io.diskvault.policy.PolicySchedules;
import io.diskvault.policy.SlotTimeline;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The slots of the instances of one policy, at one wake-up. Former policies are only asked for when an instance came
/// from another policy after its latest decided slot, and then once for all instances.
final class InstanceTimelines {
    private final PolicyId policy;
    private final SlotTimeline timeline;
    private final InstanceCatalog instances;
    private final PolicySchedules policies;
    private final Map<PolicyId, SlotTimeline> former = new HashMap<>();
    private @Nullable Map<InstanceId, List<FollowedPolicy>> followed;

    /// @param timeline the policy's own
    InstanceTimelines(PolicyId policy, SlotTimeline timeline, InstanceCatalog instances, PolicySchedules policies) {
        this.policy = policy;
        this.timeline = timeline;
        this.instances = instances;
        this.policies = policies;
    }

    SlotTimeline of(ProtectedInstance instance) {
        if (!instance.awaitsFormerPolicy()) {
            return timeline;
        }
        if (followed == null) {
            followed = instances.policiesFollowed(policy);
        }
        // Of a switch before histories were kept only its instant is known.
        List<FollowedPolicy> sinceTheSwitch = instance.policySince().stream()
                .map(since -> new FollowedPolicy(policy, since))
                .toList();
        return join(followed.getOrDefault(instance.instance(), sinceTheSwitch), this::timelineOf);
    }

    private SlotTimeline timelineOf(PolicyId followedPolicy) {
        return followedPolicy.equals(policy) ? timeline : former.computeIfAbsent(followedPolicy, policies::timeline);
    }

    /// What follows from policies, each followed until the next one.
    static SlotTimeline join(List<FollowedPolicy> followed, Function<PolicyId, SlotTimeline> timelines) {
        SlotTimeline joined = SlotTimeline.NONE;
        for (int i = 0; i < followed.size(); i++) {
            Instant until = i + 1 < followed.size() ? followed.get(i + 1).since() : Instant.MAX;
            joined = joined.followedBy(timelines
                    .apply(followed.get(i).policy())
                    .within(followed.get(i).since(), until));
        }
        return joined;
    }
}
