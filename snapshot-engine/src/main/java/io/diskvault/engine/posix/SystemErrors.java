package io.diskvault.engine.posix;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Tells which error of the operating system is behind an exception.
///
/// The JDK does not keep the number, but its exceptions have the text that the C library gives for it, in whatever
/// language the process runs. So that text is what they are compared with.
public final class SystemErrors {

    private static final int ENOSPC = 28;
    private static final int EDQUOT = 122;

    private SystemErrors() {}

    /// Whether something could not be written because the file system is full, or its user's share of it.
    public static boolean isNoSpace(IOException failure) {
        return is(failure, ENOSPC, EDQUOT);
    }

    static boolean is(IOException failure, int... errnos) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null && Arrays.stream(errnos).anyMatch(errno -> message.contains(LibC.text(errno)))) {
                return true;
            }
        }
        return false;
    }
}
