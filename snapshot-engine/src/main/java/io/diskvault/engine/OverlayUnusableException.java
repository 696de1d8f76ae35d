package io.diskvault.engine;

/// Says that a file cannot be the overlay of a recovery point: it belongs to another one, somebody uses it, or it is
/// there already and must not be.
public final class OverlayUnusableException extends DatastoreException {

    public OverlayUnusableException(String message) {
        super(message);
    }
}
