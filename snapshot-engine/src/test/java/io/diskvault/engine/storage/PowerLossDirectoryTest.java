package io.diskvault.engine.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PowerLossDirectoryTest implements DirectoryContract {

    private final PowerLossDirectory directory = new PowerLossDirectory();

    @Override
    public Directory directory() {
        return directory;
    }

    private Set<Integer> lengthsAfterPowerLoss(String name) throws IOException {
        Set<Integer> lengths = new TreeSet<>();
        for (PowerLossDirectory survivor : directory.survivors()) {
            if (survivor.exists(name)) {
                try (InputFile file = survivor.open(name)) {
                    lengths.add((int) file.sizeBytes());
                }
            } else {
                lengths.add(-1);
            }
        }
        return lengths;
    }

    @Test
    void losesWhatWasNotSynced() throws IOException {
        OutputFile file = directory.create("a");
        file.write(ByteBuffer.allocate(2000), 0);
        assertEquals(Set.of(-1, 0, 2000), lengthsAfterPowerLoss("a"));

        file.sync();
        assertEquals(Set.of(-1, 2000), lengthsAfterPowerLoss("a"));

        directory.syncDirectory("");
        assertEquals(Set.of(2000), lengthsAfterPowerLoss("a"));
    }

    @Test
    void losesAFileWhoseDirectoryIsLost() throws IOException {
        directory.createDirectory("d");
        directory.create("d/a").close();
        directory.syncDirectory("d");
        assertTrue(lengthsAfterPowerLoss("d/a").contains(-1));

        directory.syncDirectory("");
        assertEquals(Set.of(0), lengthsAfterPowerLoss("d/a"));
    }

    private Set<String> contentsAfterPowerLoss(String name) throws IOException {
        Set<String> contents = new TreeSet<>();
        for (PowerLossDirectory survivor : directory.survivors()) {
            try (InputFile file = survivor.open(name)) {
                StringBuilder firstBytes = new StringBuilder();
                byte[] content = file.readAll(10_000);
                for (int sector = 0; sector < content.length; sector += 512) {
                    firstBytes.append(content[sector]);
                }
                contents.add(firstBytes.toString());
            }
        }
        return contents;
    }

    @Test
    void losesEverySetOfSectorsThatWereWrittenSinceTheSync() throws IOException {
        OutputFile file = directory.create("a");
        file.write(ByteBuffer.allocate(3 * 512), 0);
        file.sync();
        directory.syncDirectory("");
        assertEquals(Set.of("000"), contentsAfterPowerLoss("a"));

        byte[] ones = new byte[2 * 512];
        Arrays.fill(ones, (byte) 1);
        file.write(ByteBuffer.wrap(ones), 512);
        file.write(ByteBuffer.wrap(new byte[] {2}), 512);
        file.write(ByteBuffer.wrap(new byte[] {3}), 3 * 512);

        assertEquals(
                Set.of(
                        "000", "010", "020", "001", "011", "021", "0000", "0100", "0200", "0010", "0110", "0210",
                        "0003", "0103", "0203", "0013", "0113", "0213"),
                contentsAfterPowerLoss("a"));
    }

    @Test
    void losesEverySetOfNamesThatChangedSinceTheSync() throws IOException {
        directory.create("gone").close();
        directory.syncDirectory("");
        directory.delete("gone");
        directory.create("before").close();
        directory.publish("before", "after");

        Set<Set<String>> found = new HashSet<>();
        for (PowerLossDirectory survivor : directory.survivors()) {
            found.add(new TreeSet<>(survivor.list("")));
        }

        assertEquals(
                Set.of(
                        Set.of(),
                        Set.of("gone"),
                        Set.of("before"),
                        Set.of("after"),
                        Set.of("gone", "before"),
                        Set.of("gone", "after"),
                        Set.of("before", "after"),
                        Set.of("gone", "before", "after")),
                found);
    }

    @Test
    void makesNothingDurableAfterAFailedSync() throws IOException {
        PowerLossDirectory failing = new PowerLossDirectory((number, operation) -> {
            if (number == 2) {
                throw new IOException("Input/output error");
            }
        });
        OutputFile file = failing.create("a");
        file.write(ByteBuffer.allocate(100), 0);

        assertThrows(IOException.class, file::sync);
        assertThrows(AssertionError.class, file::sync);
        failing.syncDirectory("");

        for (PowerLossDirectory survivor : failing.survivors()) {
            try (InputFile found = survivor.open("a")) {
                assertTrue(Set.of(0L, 100L).contains(found.sizeBytes()));
            }
        }
        assertEquals(2, failing.survivors().size());
    }

    @Test
    void letsNobodyReadWhatADeadWriterLeftUnfinished() throws IOException {
        directory.create("a.unfinished").close();
        directory.syncDirectory("");

        for (PowerLossDirectory survivor : directory.survivors()) {
            assertThrows(AssertionError.class, () -> survivor.open("a.unfinished"));
        }
    }

    @Test
    void doesNothingMoreOnceThePowerIsGone() {
        PowerLossDirectory cut = new PowerLossDirectory(PowerLossDirectory.losingPowerBefore(0));

        assertThrows(PowerLossDirectory.PowerLostException.class, () -> cut.create("a"));
        assertThrows(PowerLossDirectory.PowerLostException.class, () -> cut.create("b"));
        assertThrows(PowerLossDirectory.PowerLostException.class, () -> cut.exists("a"));
        assertThrows(PowerLossDirectory.PowerLostException.class, () -> cut.list(""));
    }
}
