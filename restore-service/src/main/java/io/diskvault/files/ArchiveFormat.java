package io.diskvault.files;

import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;

/// How a folder is packed into one file.
public enum ArchiveFormat {
    /// With links, permissions and owners.
    TAR("tar", "application/x-tar", 20_000_000),
    /// Compressed, with names that every system takes, and without links. Its list of contents is kept in memory.
    ZIP("zip", "application/zip", 200_000);

    private final String text;
    private final String mediaType;
    private final long entriesMax;

    ArchiveFormat(String text, String mediaType, long entriesMax) {
        this.text = text;
        this.mediaType = mediaType;
        this.entriesMax = entriesMax;
    }

    /// As callers write it, and the ending of the file's name.
    public String text() {
        return text;
    }

    public String mediaType() {
        return mediaType;
    }

    /// How many entries an archive may have. A hostile disk can have folders in folders that nobody has stored.
    long entriesMax() {
        return entriesMax;
    }

    ArchiveWriter writer(OutputStream out) {
        return switch (this) {
            case TAR -> new TarWriter(out);
            case ZIP -> new ZipWriter(out);
        };
    }

    /// @throws io.diskvault.command.CommandRejected if there is no such format
    public static ArchiveFormat of(Optional<String> text) {
        return text.map(name -> Arrays.stream(values())
                        .filter(format -> format.text.equals(name))
                        .findFirst()
                        .orElseThrow(() ->
                                GeneralRejection.invalid("format is %s; it is tar or zip.".formatted(Quoted.of(name)))))
                .orElse(TAR);
    }
}
