package io.diskvault.engine.datastore;

import java.util.regex.Pattern;

/// What names disks may have in a datastore: they become names of directories.
final class DiskName {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,119}");

    private DiskName() {}

    static boolean isAllowed(String name) {
        return ALLOWED.matcher(name).matches();
    }

    static String checked(String name) {
        if (!isAllowed(name)) {
            throw new IllegalArgumentException(
                    "'" + name
                            + "' is no disk name: it must be 1 to 120 letters, digits, '-', '_' and '.', and not start with '.'.");
        }
        return name;
    }
}
