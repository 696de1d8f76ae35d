package io.diskvault.files;

import io.diskvault.command.GeneralRejection;
import java.util.List;
import java.util.stream.Stream;

/// A place in a volume, from its root.
///
/// @param names of the folders on the way and of the thing itself; none for the root
public record FilePath(List<String> names) {
    private static final int LENGTH_MAX = 8192;

    public FilePath {
        names = List.copyOf(names);
    }

    /// Reads `/folder/file`; slashes too many do no harm.
    ///
    /// @throws io.diskvault.command.CommandRejected if it is too long
    public static FilePath parse(String text) {
        if (text.length() > LENGTH_MAX) {
            throw GeneralRejection.invalid(
                    "path has %d characters; %d are allowed.".formatted(text.length(), LENGTH_MAX));
        }
        return new FilePath(
                Stream.of(text.split("/", -1)).filter(name -> !name.isEmpty()).toList());
    }

    /// The thing's own name; empty for the root.
    public String name() {
        return names.isEmpty() ? "" : names.getLast();
    }

    @Override
    public String toString() {
        return "/" + String.join("/", names);
    }
}
