package io.diskvault.engine.datastore;

import io.diskvault.engine.source.FakeDisk;
import java.nio.file.Path;

/// A backup in a process of its own that says `r` when it runs, and then waits until it is killed.
final class EndlessBackup {

    private EndlessBackup() {}

    public static void main(String[] arguments) throws Exception {
        Datastore datastore = Datastore.open(Path.of(arguments[0]), KeyFile.read(Path.of(arguments[1])));
        boolean[] told = new boolean[1];
        Watch watch = new Steps(() -> {
            if (!told[0]) {
                told[0] = true;
                System.out.write('r');
                System.out.flush();
            }
            if (System.in.read() < 0) {
                throw new IllegalStateException("Its parent is gone.");
            }
        });
        datastore.backUp(Workbench.request("endless", "1"), new FakeDisk(Workbench.noise(1_000_000, 5)), watch);
    }
}
