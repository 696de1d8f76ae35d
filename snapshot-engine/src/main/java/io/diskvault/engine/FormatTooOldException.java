package io.diskvault.engine;

/// Says that a file is whole but was written in a format that this program does not read any more.
public final class FormatTooOldException extends DatastoreException {

    public FormatTooOldException(String file, long version, int oldestReadable) {
        super(file + " has format version " + version + ", but this program reads versions from " + oldestReadable
                + " on. Use the version of Diskvault that wrote it.");
    }
}
