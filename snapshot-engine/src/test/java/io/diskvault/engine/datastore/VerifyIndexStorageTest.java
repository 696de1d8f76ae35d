package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.Workbench.CHUNK;
import static io.diskvault.engine.datastore.Workbench.noise;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.storage.LocalDirectory;
import io.diskvault.engine.verify.Finding;
import io.diskvault.engine.verify.VerifyOptions;
import io.diskvault.engine.verify.VerifyResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Verification of an index that the storage cannot read.
class VerifyIndexStorageTest {

    @TempDir
    Path path;

    @Test
    void aFragmentThatCannotBeOpenedIsAFinding() throws Exception {
        Workbench bench = Workbench.in(path);
        bench.backUp("disk", "1", noise(3 * CHUNK, 1));
        FaultyReads files = new FaultyReads(new LocalDirectory(bench.datastore().directory()));
        Datastore datastore = Datastore.open(
                new Datastore.Place(
                        bench.datastore().directory(), files, Randomness.secure(), EngineLimits::forMachine),
                bench.key());
        String fragment = "index/" + files.list("index").getFirst();

        for (VerifyOptions options : new VerifyOptions[] {VerifyOptions.STRUCTURE, VerifyOptions.FULL}) {
            files.failReads(fragment, 0, 1);
            VerifyResult result = datastore.verify(options, Watch.NONE);

            assertFalse(result.pointsAreWhole());
            Finding finding = result.findings().getFirst();
            assertEquals(Finding.Kind.UNREADABLE, finding.kind());
            assertEquals(fragment, finding.file());
            assertEquals("1", finding.affected().getFirst().id());
            files.healReads();
            assertTrue(datastore.verify(options, Watch.NONE).isClean());
        }
    }
}
