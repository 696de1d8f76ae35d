package io.diskvault.engine.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
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

    @Test
    void doesNothingMoreOnceThePowerIsGone() {
        PowerLossDirectory cut = new PowerLossDirectory(PowerLossDirectory.losingPowerBefore(0));

        assertThrows(PowerLossDirectory.PowerLostException.class, () -> cut.create("a"));
        assertThrows(PowerLossDirectory.PowerLostException.class, () -> cut.create("b"));
        assertFalse(cut.exists("b"));
    }
}
