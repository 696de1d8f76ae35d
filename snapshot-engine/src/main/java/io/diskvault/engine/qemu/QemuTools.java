package io.diskvault.engine.qemu;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where QEMU's tools are.
public final class QemuTools {

    static final String NBD = "qemu-nbd";
    static final String IMG = "qemu-img";

    private final List<Path> places;

    /// @param places the directories that they are looked for in, the first one first
    QemuTools(List<Path> places) {
        this.places = List.copyOf(places);
    }

    /// Those that this process finds on its `PATH`, or where systems usually have them.
    public static QemuTools installed() {
        List<Path> places = new ArrayList<>();
        for (String place :
                Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator, -1)) {
            try {
                Path path = Path.of(place);
                // A relative one would mean another place for every directory that the process is started in.
                if (path.isAbsolute()) {
                    places.add(path);
                }
            } catch (InvalidPathException _) {
                // Nothing can be there.
            }
        }
        places.add(Path.of("/usr/bin"));
        places.add(Path.of("/usr/local/bin"));
        return new QemuTools(places);
    }

    /// @throws QemuMissingException when it is nowhere
    Path find(String program) throws QemuMissingException {
        return look(program).orElseThrow(() -> new QemuMissingException(program));
    }

    Optional<Path> look(String program) {
        return places.stream()
                .map(place -> place.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
