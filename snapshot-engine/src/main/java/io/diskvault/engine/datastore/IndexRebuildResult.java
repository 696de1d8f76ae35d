package io.diskvault.engine.datastore;

import java.util.List;

/// How making the index anew ended.
///
/// @param packs how many packs were read
/// @param entries how many places of chunks the index knows now
/// @param unreadablePacks files of packs that do not say what they hold, because they are damaged; what the old index
///     knew of them is kept
/// @param removedFragments files of the old index that were damaged and are gone now
public record IndexRebuildResult(
        long packs, long entries, List<String> unreadablePacks, List<String> removedFragments) {}
