package io.diskvault.guard;

import java.util.Set;

/// What a resource guard asks for.
///
/// @param inUse whether a vault is linked with it; as long as none is, it protects nothing, not even itself
public record GuardTerms(Set<CriticalOperation> operations, boolean inUse) {
    /// Whether a call needs an approval.
    public boolean cover(CriticalCall call) {
        return inUse && operations.contains(call.operation());
    }
}
