package io.diskvault.instance;

import io.diskvault.instance.InstanceCommand.AskStanding;

/// Where an instance stands.
///
/// @param outlived how many of its points have outlived their time and would go if expiry went on
public record Standing(ProtectionState state, int outlived) {
    static Standing of(InstanceLife life, LivePoints points, AskStanding question) {
        life.known(question.instance());
        ExpiryPlan resumed = ExpiryPlan.of(
                points.all(), ProtectionState.PROTECTION_CONFIGURED, life.expiryResumedAt(), question.at());
        return new Standing(life.state(), resumed.expiring().size());
    }
}
