package io.diskvault.app.testing;

import io.diskvault.app.testing.Program.Run;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.KeyFile;
import io.diskvault.engine.datastore.RecoveryPointId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A datastore with its key and a sparse disk of 64 blocks, and the commands on them as people type them.
///
/// @param directory where the datastore is
/// @param key its key file
/// @param disk an image that is backed up as `web-1`
public record SmallDatastore(Path directory, Path key, Path disk) {
    public static final int BLOCK = 64 * 1024;
    public static final String NAME = "web-1";

    public static SmallDatastore in(Path temporary) throws IOException {
        SmallDatastore made = new SmallDatastore(
                temporary.resolve("datastore"), temporary.resolve("datastore.key"), temporary.resolve("web-1.img"));
        try (RandomAccessFile file = new RandomAccessFile(made.disk.toFile(), "rw")) {
            file.setLength(64L * BLOCK);
        }
        succeeded(made.run("init"));
        return made;
    }

    /// One of the `datastore` commands, opened by the key file.
    public Run run(String command, String... more) {
        return run(new Program(), command, more);
    }

    public Run run(Program program, String command, String... more) {
        List<String> fixed = List.of("datastore", command, directory.toString(), "--key-file", key.toString());
        return program.run(Stream.concat(fixed.stream(), Arrays.stream(more)).toArray(String[]::new));
    }

    /// What a backup says to a script.
    public Run backUp() {
        return succeeded(run("backup", "--disk", disk.toString(), "--name", NAME, "--json"));
    }

    /// A new recovery point's id.
    public String newPoint() {
        return backUp().json().path("id").asText();
    }

    /// Puts random content into some blocks of the disk, another one for each seed.
    public void write(int firstBlock, int blocks, int seed) throws IOException {
        byte[] content = new byte[blocks * BLOCK];
        new Random(seed).nextBytes(content);
        try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
            file.seek((long) firstBlock * BLOCK);
            file.write(content);
        }
    }

    /// As the server does when a recovery point's time is up.
    public void removePoint(String id) throws IOException, DatastoreException {
        try (Datastore datastore = Datastore.open(directory, KeyFile.read(key))) {
            if (!datastore.removeRecoveryPoint(NAME, new RecoveryPointId(id))) {
                throw new AssertionError("no recovery point " + id);
            }
        }
    }

    /// The files in a part of the datastore, largest first.
    public List<Path> files(String part) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve(part))) {
            return files.filter(Files::isRegularFile)
                    .sorted((one, other) ->
                            Long.compare(other.toFile().length(), one.toFile().length()))
                    .toList();
        }
    }

    /// Every file's name with its length and time, to see whether something was changed.
    public Map<String, String> state() throws IOException {
        Map<String, String> state = new TreeMap<>();
        for (Path file : files("")) {
            state.put(file.toString(), Files.size(file) + " " + Files.getLastModifiedTime(file));
        }
        return state;
    }

    public long packBytes() throws IOException {
        long bytes = 0;
        for (Path file : files("packs")) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    public static void flipOneBit(Path file, long offset) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(offset);
            int was = bytes.read();
            bytes.seek(offset);
            bytes.write(was ^ 1);
        }
    }

    private static Run succeeded(Run run) {
        if (run.status() != 0) {
            throw new AssertionError(run.out() + run.err());
        }
        return run;
    }
}
