package io.diskvault.engine.lease;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.InputFile;
import io.diskvault.engine.storage.WholeFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The epoch files of a datastore. Thread-safe.
public final class Epochs {

    public static final String DIRECTORY = "epochs";
    private static final String SUFFIX = ".epoch";
    private static final int NUMBER_DIGITS = 2 * Long.BYTES;

    private final Directory directory;

    public Epochs(Directory directory) {
        this.directory = directory;
    }

    /// The number of the current epoch; 0 when none was ever made.
    public long currentNumber() throws IOException {
        return numbers().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    private List<Long> numbers() throws IOException {
        return directory.list(DIRECTORY).stream()
                .flatMap(name -> numberOf(name).stream())
                .toList();
    }

    static Optional<Long> numberOf(String name) {
        if (name.length() != NUMBER_DIGITS + SUFFIX.length() || !name.endsWith(SUFFIX)) {
            return Optional.empty();
        }
        try {
            return Optional.of(HexFormat.fromHexDigitsToLong(name, 0, NUMBER_DIGITS));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// What an epoch says; empty when its file is gone, because there is a later one.
    public Optional<Epoch> read(long number) throws IOException, DatastoreException {
        if (number == 0) {
            return Optional.of(Epoch.FIRST);
        }
        String file = fileOf(number);
        try (InputFile input = directory.open(file)) {
            return Optional.of(Epoch.decode(input.readAll(Epoch.BYTES_MAX), file, number));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /// Makes an epoch, and makes it durable. Of several that make the same one exactly one succeeds.
    ///
    /// @param writer a name that no other writer uses at the same time
    /// @throws FileAlreadyExistsException when somebody else made it
    public void publish(Epoch epoch, String writer) throws IOException {
        directory.createDirectory(DIRECTORY);
        WholeFile.publish(directory, DIRECTORY + "/" + writer + ".unfinished", fileOf(epoch.number()), epoch.encode());
        makeNamesDurable();
    }

    /// Makes sure that the current epoch lasts, whoever made it: its maker may have died before that.
    public void makeNamesDurable() throws IOException {
        directory.syncDirectory(DIRECTORY);
        directory.syncDirectory("");
    }

    /// Removes the files of all epochs before one that is durable.
    public void deleteBefore(long number) throws IOException {
        for (long earlier : numbers()) {
            if (earlier < number) {
                directory.delete(fileOf(earlier));
            }
        }
    }

    static String fileOf(long number) {
        return DIRECTORY + "/" + HexFormat.of().toHexDigits(number) + SUFFIX;
    }
}
