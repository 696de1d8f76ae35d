package io.diskvault.engine;

/// Says that a file is whole but was written by a later program than this one.
public final class FormatTooNewException extends DatastoreException {

    public FormatTooNewException(String file, long version, int newestReadable) {
        super(file + " has format version " + version + ", but this program reads versions up to " + newestReadable
                + ". Use a newer version of Diskvault.");
    }
}
