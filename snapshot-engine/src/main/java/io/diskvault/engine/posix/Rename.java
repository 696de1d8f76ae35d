package io.diskvault.engine.posix;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Gives a finished file its name without ever replacing another file.
public final class Rename {

    private static final int RENAME_NOREPLACE = 1;
    private static final int EEXIST = 17;
    private static final int EINVAL = 22;
    private static final int ENOSYS = 38;

    private Rename() {}

    /// Renames a file; of several that race for one name exactly one succeeds.
    ///
    /// @throws FileAlreadyExistsException when the name is taken, and then nothing has changed
    public static void withoutReplacing(Path from, Path to) throws IOException {
        LibC.Answer answer = LibC.renameat2(from.toString(), to.toString(), RENAME_NOREPLACE);
        if (!answer.failed()) {
            return;
        }
        switch (answer.errno()) {
            case EEXIST -> throw new FileAlreadyExistsException(to.toString());
            // Some network file systems cannot do it; a second hard link is as exclusive.
            case EINVAL, ENOSYS -> {
                Files.createLink(to, from);
                Files.delete(from);
            }
            default -> throw new FileSystemException(from.toString(), to.toString(), answer.reason());
        }
    }
}
