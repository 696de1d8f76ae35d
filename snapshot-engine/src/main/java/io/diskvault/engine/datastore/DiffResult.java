package io.diskvault.engine.datastore;

/// How much two recovery points differ.
///
/// @param fromBytes the size of the earlier disk
/// @param toBytes the size of the later disk; what lay beyond it on the earlier one is not in any range
/// @param changedBytes how much of the later disk holds something else
/// @param zeroedBytes how much of it holds zeros where the earlier one held something
/// @param ranges how many ranges that is
/// @param nodesRead how many nodes of manifests were read to find that out
public record DiffResult(
        long fromBytes, long toBytes, long changedBytes, long zeroedBytes, long ranges, long nodesRead) {}
