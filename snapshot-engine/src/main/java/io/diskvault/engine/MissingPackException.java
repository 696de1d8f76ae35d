package io.diskvault.engine;

/// Says that a pack is not there although the index named it: it is lost, or its chunks were moved since the index was
/// read.
public final class MissingPackException extends CorruptDatastoreException {

    public MissingPackException(String message, Throwable cause) {
        super(message, cause);
    }
}
