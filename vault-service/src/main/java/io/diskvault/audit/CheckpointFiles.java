package io.diskvault.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.diskvault.resourcegroup.ResourceGroups;
import io.diskvault.snapshot.LastingFile;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The checkpoints in the datastores: files in their directories `audit`, which the engine leaves alone.
@Singleton
class CheckpointFiles {
    static final String SUFFIX = ".checkpoint";

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointFiles.class);

    /// No checkpoint of any version is longer.
    private static final int TEXT_MAX = 4096;

    private final ResourceGroups groups;

    CheckpointFiles(ResourceGroups groups) {
        this.groups = groups;
    }

    /// A checkpoint's file as it was found.
    record Found(String name, String text) {}

    /// Writes a checkpoint into every datastore that has it not. One that cannot be written now gets it, or a later
    /// one, the next time.
    void write(Checkpoint checkpoint, SigningKey key) {
        for (Path datastore : groups.datastores()) {
            try {
                write(datastore, checkpoint, key);
            } catch (IOException failure) {
                LOG.warn("the checkpoint of the history was not written to {}: {}", datastore, failure.toString());
            }
        }
    }

    private static void write(Path datastore, Checkpoint checkpoint, SigningKey key) throws IOException {
        if (!Files.exists(datastore.resolve("datastore.json"))) {
            throw new IOException("there is no datastore; is it mounted?");
        }
        Path directory = datastore.resolve("audit");
        Files.createDirectories(directory);
        publish(directory, checkpoint.key().substring(0, 16) + ".pub", PublicKeys.pem(key.publicKey()));
        publish(directory, checkpoint.fileName(), checkpoint.text());
    }

    private static void publish(Path directory, String name, String text) throws IOException {
        if (!Files.exists(directory.resolve(name))) {
            try {
                LastingFile.publish(directory, name, text.getBytes(UTF_8));
            } catch (FileAlreadyExistsException writtenMeanwhile) {
                // By another node, or for another group with this datastore.
            }
        }
    }

    /// The directories with checkpoints that can be read now.
    List<Path> directories() {
        return groups.datastores().stream()
                .map(datastore -> datastore.resolve("audit"))
                .filter(Files::isDirectory)
                .toList();
    }

    /// The names of the checkpoints in a directory, in the order of their numbers.
    static List<String> names(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                names.add(file.getFileName().toString());
            }
        }
        names.sort(null);
        return names;
    }

    static Found read(Path directory, String name) throws IOException {
        Path file = directory.resolve(name);
        if (!Files.isRegularFile(file) || Files.size(file) > TEXT_MAX) {
            return new Found(file.toString(), "");
        }
        return new Found(file.toString(), Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
    }
}
