package io.diskvault.engine;

/// Says that a datastore has no such recovery point, or not any more.
public final class PointNotFoundException extends DatastoreException {

    public PointNotFoundException(String message) {
        super(message);
    }
}
