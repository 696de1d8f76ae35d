package io.diskvault.engine.datastore;

import io.diskvault.engine.collect.CollectOptions;
import io.diskvault.engine.source.FakeDisk;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A process of its own that collects a datastore, or backs a disk up to it, whenever it is told to on its standard
/// input, and says on its standard output when that is done.
final class CollectingProcess implements AutoCloseable {

    private final Process process;
    private final BufferedWriter orders;
    private final BufferedReader answers;

    /// @param directory of a workbench
    CollectingProcess(Path directory, Path log) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CollectingProcess.class.getName(),
                        directory.toString())
                .redirectError(log.toFile())
                .start();
        orders = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        try (Datastore datastore = Datastore.open(directory.resolve("store"), KeyFile.read(directory.resolve("key")));
                BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String order = input.readLine(); order != null; order = input.readLine()) {
                String[] words = order.split(" ", -1);
                System.out.println(
                        words[0].equals("collect")
                                ? datastore
                                        .collect(CollectOptions.DEFAULT, Watch.NONE)
                                        .deletedPacks()
                                : backUp(datastore, words[1], Integer.parseInt(words[2])));
            }
        }
    }

    private static long backUp(Datastore datastore, String disk, int time) throws Exception {
        return datastore
                .backUp(Workbench.request(disk, "" + time), new FakeDisk(content(disk, time)), Watch.NONE)
                .point()
                .storedBytes();
    }

    /// Some blocks are always the same, some come back every few times, some are new.
    static byte[] content(String disk, int time) {
        int size = 20;
        byte[] content = new byte[size * Workbench.CHUNK];
        for (int block = 0; block < size; block++) {
            long seed = block % 3 == 0 ? block : block % 3 == 1 ? 100 + block + time % 4 * 31L : time * 1000L + block;
            System.arraycopy(Workbench.noise(3000, seed + disk.length()), 0, content, block * Workbench.CHUNK, 3000);
        }
        return content;
    }

    void order(String what) throws IOException {
        orders.write(what + "\n");
        orders.flush();
    }

    /// Waits until an order is carried out. Answers how many packs were deleted, or bytes stored.
    long done() throws IOException {
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("The process has ended.");
        }
        return Long.parseLong(answer);
    }

    @Override
    public void close() throws IOException {
        // It ends when there are no more orders.
        orders.close();
        int status = process.onExit().join().exitValue();
        if (status != 0) {
            throw new IOException("The process failed with status " + status);
        }
    }
}
