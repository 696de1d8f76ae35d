package io.diskvault.engine.datastore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.DatastoreExistsException;
import io.diskvault.engine.FormatTooNewException;
import io.diskvault.engine.FormatTooOldException;
import io.diskvault.engine.NotADatastoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatastoreFileTest {

    @TempDir
    Path directory;

    private Workbench bench;
    private Path file;
    private String text = "";

    @BeforeEach
    void createDatastore() throws Exception {
        bench = Workbench.in(directory);
        file = bench.datastore().directory().resolve("datastore.json");
        text = Files.readString(file);
    }

    private void open(String json) throws IOException, DatastoreException {
        Files.writeString(file, json);
        Datastore.open(bench.datastore().directory(), bench.key()).close();
    }

    private String with(String from, String to) {
        return ForgedJson.with(text, from, to);
    }

    @Test
    void tellsOldNewAndDamagedApart() throws Exception {
        open(with("", ""));
        assertThrows(FormatTooNewException.class, () -> open(with("\"version\": 1", "\"version\": 2")));
        assertThrows(FormatTooOldException.class, () -> open(with("\"version\": 1", "\"version\": 0")));
        assertThrows(CorruptDatastoreException.class, () -> open(text.replace("\"version\": 1", "\"version\": 2")));
        assertThrows(CorruptDatastoreException.class, () -> open(text.replace("65536", "131072")));
        assertThrows(CorruptDatastoreException.class, () -> open(text.substring(0, text.length() / 2)));
        assertThrows(CorruptDatastoreException.class, () -> open(with("65536", "65537")));
        assertThrows(CorruptDatastoreException.class, () -> open(with("\"id\"", "\"name\"")));
    }

    @Test
    void refusesWhatIsNoDatastore() {
        assertThrows(NotADatastoreException.class, () -> open("{\"name\": \"other\"}"));
        assertThrows(NotADatastoreException.class, () -> Datastore.open(directory.resolve("absent"), bench.key()));
    }

    @Test
    void readsTheFileHoweverItIsSpaced() throws Exception {
        open(text.replace("\n", "").replace("  ", "\t"));

        assertEquals(
                bench.datastore().id(),
                Datastore.open(bench.datastore().directory(), bench.key()).id());
    }

    @Test
    void isCreatedOnlyWhereThereIsNothing() throws Exception {
        Path used = Files.createDirectory(directory.resolve("used"));
        Files.writeString(used.resolve("precious"), "x");

        assertThrows(
                DatastoreExistsException.class,
                () -> Datastore.create(bench.datastore().directory(), ChunkSize.DEFAULT, bench.key()));
        assertThrows(DatastoreExistsException.class, () -> Datastore.create(used, ChunkSize.DEFAULT, bench.key()));
        assertEquals(text, Files.readString(file));
    }

    @Test
    void keepsItsChunkSize() throws Exception {
        Path other = directory.resolve("new/other");
        Datastore.create(other, ChunkSize.parse("1M"), bench.key()).close();

        assertEquals(new ChunkSize(1 << 20), Datastore.open(other, bench.key()).chunkSize());
        assertEquals(other, Datastore.open(other, bench.key()).directory());
    }

    @Test
    void acceptsOnlySizesAndNamesThatWork() {
        assertEquals(ChunkSize.DEFAULT, ChunkSize.parse("64k"));
        assertEquals(new ChunkSize(4 << 20), ChunkSize.parse(" 4M "));
        assertEquals("256K", ChunkSize.parse("262144").toString());
        for (String bad : new String[] {"", "K", "32K", "8M", "96K", "-64K", "64G", "9999999M", "x"}) {
            assertThrows(IllegalArgumentException.class, () -> ChunkSize.parse(bad), bad);
        }
        for (String bad : new String[] {"", "A", "-a", "a/b", "..", "a b", "x".repeat(65)}) {
            assertThrows(IllegalArgumentException.class, () -> new RecoveryPointId(bad), bad);
        }
        for (String bad : new String[] {"", ".", "..", ".a", "a/b", "a b", "ä", "x".repeat(121)}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new BackupRequest(bad, new RecoveryPointId("1"), Workbench.NOON, "s"),
                    bad);
        }
    }
}
