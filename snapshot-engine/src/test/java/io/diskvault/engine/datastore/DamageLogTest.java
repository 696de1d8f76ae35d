package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.Workbench.CHUNK;
import static io.diskvault.engine.datastore.Workbench.noise;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.collect.CollectOptions;
import io.diskvault.engine.pack.PackEntry;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.pack.PackKind;
import io.diskvault.engine.pack.PackTable;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.LocalDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/// What the log says of damage that is met on the way. Alone, because the log is everybody's.
@Isolated
class DamageLogTest {

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger engine = assertInstanceOf(Logger.class, LoggerFactory.getLogger("io.diskvault.engine"));

    @TempDir
    Path path;

    @BeforeEach
    void listen() {
        lines.start();
        engine.setLevel(Level.WARN);
        engine.addAppender(lines);
    }

    @AfterEach
    void listenNoMore() {
        engine.setLevel(null);
        engine.detachAppender(lines);
        lines.stop();
    }

    @Test
    void saysOnceForEachPackHowManyChunksAreDamaged() throws Exception {
        Workbench bench = Workbench.in(path);
        byte[] content = noise(20 * CHUNK, 1);
        bench.backUp("disk", "1", content);
        // Only its first block is needed from here on, so that a collection wants to copy it.
        bench.backUp("small", "1", Arrays.copyOf(content, 2 * CHUNK));
        Directory files = new LocalDirectory(bench.datastore().directory());
        String damaged = "";
        for (String inner : files.list("packs")) {
            PackId pack =
                    PackId.ofFileName(files.list("packs/" + inner).getFirst()).orElseThrow();
            if (PackTable.kind(files, pack) == PackKind.CONTENT) {
                damaged = pack.file();
                Path file = bench.datastore().directory().resolve(damaged);
                byte[] bytes = Files.readAllBytes(file);
                for (PackEntry entry : PackTable.read(files, pack)) {
                    bytes[entry.place().offset() + 5] ^= 1;
                }
                Files.delete(file);
                Files.write(file, bytes);
            }
        }
        bench.datastore().removeRecoveryPoint("disk", new RecoveryPointId("1"));

        bench.datastore().collect(CollectOptions.DEFAULT, Watch.NONE);
        List<String> warnings = warnings();
        lines.list.clear();
        RecoveryPoint small = bench.datastore().recoveryPoints("small").getFirst();
        assertThrows(CorruptDatastoreException.class, () -> bench.restored(small));

        assertEquals(2, warnings.size(), warnings.toString());
        assertTrue(warnings.getFirst().startsWith(damaged + " has to stay"), warnings.getFirst());
        assertTrue(warnings.getLast().startsWith(damaged + " has 2 damaged chunks"), warnings.getLast());
        assertEquals(1, warnings().size(), warnings().toString());
    }

    private List<String> warnings() {
        return lines.list.stream()
                .filter(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
