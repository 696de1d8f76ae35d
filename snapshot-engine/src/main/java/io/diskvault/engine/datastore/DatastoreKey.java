package io.diskvault.engine.datastore;

/// What opens a datastore: a key file or a passphrase. A datastore may have several of both; each one is enough.
public sealed interface DatastoreKey permits KeyFile, Passphrase {}
