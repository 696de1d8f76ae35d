package io.diskvault.snapshot;

import io.diskvault.command.GeneralRejection;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.ChunkSize;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.DatastoreKey;
import io.diskvault.engine.datastore.KeyFile;
import io.diskvault.engine.datastore.Passphrase;
import io.diskvault.resourcegroup.DatastoreDirectories;
import io.micronaut.context.annotation.Value;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The datastores that this server has open. One key file, `datastore.key` in the data directory, opens them all;
/// it is made when the first datastore is, and without a copy of it no backup can be read after the loss of this
/// machine. Where a setting names a file with a passphrase, that opens them instead.
@Singleton
public class Datastores implements DatastoreDirectories {
    private final Path keyFile;
    private final Optional<Path> passphraseFile;
    private final Map<Path, Datastore> open = new HashMap<>();

    Datastores(
            @Value("${diskvault.data}") Path data,
            @Value("${diskvault.datastore-passphrase-file:}") String passphraseFile) {
        this.keyFile = data.resolve("datastore.key");
        this.passphraseFile = passphraseFile.isEmpty() ? Optional.empty() : Optional.of(Path.of(passphraseFile));
    }

    /// Opens a datastore, or gives the one that is open.
    public synchronized Datastore open(Path directory) throws IOException, DatastoreException {
        Datastore known = open.get(directory);
        if (known == null) {
            known = Datastore.open(directory, key());
            open.put(directory, known);
        }
        return known;
    }

    /// Makes a datastore if there is none in the directory; otherwise checks that this server's key opens it.
    @Override
    public synchronized void prepare(Path directory) {
        try {
            if (Files.exists(directory.resolve("datastore.json"))) {
                open(directory);
            } else {
                open.put(directory, Datastore.create(directory, ChunkSize.DEFAULT, key()));
            }
        } catch (DatastoreException | IllegalArgumentException unusable) {
            throw GeneralRejection.invalid("datastore: " + unusable.getMessage());
        } catch (IOException failure) {
            throw GeneralRejection.invalid("datastore: %s cannot be used: %s".formatted(directory, failure));
        }
    }

    private DatastoreKey key() throws IOException, DatastoreException {
        if (passphraseFile.isPresent()) {
            return Passphrase.read(passphraseFile.get());
        }
        if (!Files.exists(keyFile)) {
            try {
                Files.createDirectories(keyFile.toAbsolutePath().getParent());
                return KeyFile.create(keyFile);
            } catch (FileAlreadyExistsException madeMeanwhile) {
                // Another node on the same directory was first; its key counts.
            }
        }
        return KeyFile.read(keyFile);
    }

    @PreDestroy
    synchronized void close() {
        open.values().forEach(Datastore::close);
        open.clear();
    }
}
