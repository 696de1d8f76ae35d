package io.diskvault.engine.nbd;

import java.util.OptionalInt;

/// What a client and a server have agreed on.
///
/// @param sizeBytes how large the disk is
/// @param readOnly whether the server refuses writes
/// @param manyConnections whether several connections see one and the same disk
/// @param allocation by which number the server tells where data is; empty when it does not tell
record Agreement(long sizeBytes, boolean readOnly, boolean manyConnections, OptionalInt allocation) {}
