package io.diskvault.engine.datastore;

import java.util.regex.Pattern;

/// The name of a recovery point, unique for its disk. Whoever asks for a backup chooses it, so that two attempts at
/// the same backup make one recovery point.
///
/// @param value 1 to 64 of a-z, 0-9 and `-`, the first not `-`: a file name on every system. A UUID is one.
public record RecoveryPointId(String value) {

    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    public RecoveryPointId {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "'" + value
                            + "' is no recovery point id: it must be 1 to 64 of a-z, 0-9 and '-', and start with a letter or digit.");
        }
    }

    static boolean isAllowed(String value) {
        return ALLOWED.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
