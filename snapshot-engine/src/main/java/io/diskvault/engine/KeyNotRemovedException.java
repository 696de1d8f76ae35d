package io.diskvault.engine;

/// Says that a key stays: without it nobody might be able to open the datastore any more.
public final class KeyNotRemovedException extends DatastoreException {

    public KeyNotRemovedException(String message) {
        super(message);
    }
}
