package io.diskvault.engine.collect;

import io.diskvault.engine.lease.LiveLease;
import java.util.List;

/// What a collection did. For a dry run: what it would do if nobody else were at work.
///
/// @param freedBytes by how much the packs have shrunk: the bytes of those that were deleted, less those that were
///     written to keep what lived in them. For a dry run an estimate, close to a few bytes for each pack
/// @param deletedPacks how many packs were deleted altogether
/// @param rewrittenPacks how many of them held something that was copied first
/// @param copiedBytes how many bytes were written to keep it, index fragments included
/// @param waitingFor those who must end first, before the rest can be deleted; a later collection goes
///     on. Empty when everything was done
/// @param damagedPacks condemned packs that stay, because something in them is needed and cannot be read: verify says
///     what it is
public record CollectResult(
        long freedBytes,
        int deletedPacks,
        int rewrittenPacks,
        long copiedBytes,
        List<LiveLease> waitingFor,
        List<String> damagedPacks) {

    public CollectResult {
        waitingFor = List.copyOf(waitingFor);
        damagedPacks = List.copyOf(damagedPacks);
    }
}
