package io.diskvault.engine.posix;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/// Says that a file or block device cannot be written to, because somebody holds it who keeps others away. Nothing was
/// changed.
public final class FileInUseException extends FileSystemException {

    public FileInUseException(Path path) {
        super(
                path.toString(),
                null,
                "Is in use: it is mounted, or another program holds it, a virtual machine or another restore for"
                        + " example. Stop that and try again. Nothing was changed.");
    }
}
