package io.diskvault.files;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.diskvault.command.CommandRejected;
import io.diskvault.command.Quoted;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.PointDisk;
import io.diskvault.files.ReaderProcess.Disk;
import io.diskvault.files.ReaderProcess.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The files of one disk. Thread-safe; one question is answered at a time. Must be closed.
///
/// Every method throws [CommandRejected] where the disk's content does not let it answer, and [IOException] or
/// [DatastoreException] where the disk itself cannot be read; after those nothing more can be asked.
public final class PointFiles implements AutoCloseable {
    static final int PIECE_BYTES = ReaderProcess.PIECE_BYTES;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private static final Map<String, String> UNREADABLE = Map.of(
            "wof", "Windows has compressed it in a way that is not known here (CompactOS)",
            "dedup", "Windows has deduplicated it, so its content is elsewhere",
            "link", "it is a symbolic link or a junction of Windows",
            "cloud", "only a placeholder is on the disk, and the content with a cloud",
            "efs", "Windows has encrypted it (EFS)");

    private final ReaderProcess reader;

    private record Refusal(String code, String message) {}

    private record Located(List<String> path, Entry entry) {}

    private record Content(long size, String problem) {}

    /// Some of a folder's entries, by name.
    ///
    /// @param total how many there are in all
    public record Page(List<Entry> entries, int total) {
        public Page {
            entries = List.copyOf(entries);
        }
    }

    private PointFiles(ReaderProcess reader) {
        this.reader = reader;
    }

    /// Starts to read a recovery point, which has to stay open as long as this.
    ///
    /// @param patience how long one answer may take
    public static PointFiles of(ReaderProgram program, PointDisk point, Duration patience)
            throws IOException, DatastoreException {
        return of(
                program,
                new Disk() {
                    @Override
                    public long size() {
                        return point.size();
                    }

                    @Override
                    public void read(long offset, ByteBuffer into) throws IOException, DatastoreException {
                        point.read(offset, into);
                    }
                },
                patience);
    }

    static PointFiles of(ReaderProgram program, Disk disk, Duration patience) throws IOException, DatastoreException {
        return new PointFiles(program.start(disk, patience));
    }

    /// The volumes of the disk, in its order.
    public List<Volume> volumes() throws IOException, DatastoreException {
        return List.of(ask(Map.of("op", "volumes"), Volume[].class));
    }

    /// The volume of a number, or without one the only one that can be read.
    public Volume volume(Optional<Integer> number) throws IOException, DatastoreException {
        List<Volume> all = volumes();
        List<Volume> chosen = all.stream()
                .filter(volume ->
                        number.map(wanted -> wanted == volume.number()).orElse(volume.readable()))
                .toList();
        if (chosen.size() == 1) {
            Volume volume = chosen.getFirst();
            if (volume.readable()) {
                return volume;
            }
            throw new CommandRejected(
                    FilesRejection.VOLUME_NOT_READABLE,
                    "The files of volume %d cannot be read. %s"
                            .formatted(volume.number(), volume.obstacle().orElse("")));
        }
        throw notOne(number, all);
    }

    private static CommandRejected notOne(Optional<Integer> number, List<Volume> all) {
        String list = all.isEmpty()
                ? "There is no partition and no file system on this disk that is known here."
                : all.stream()
                        .map(volume -> volume.number() + " "
                                + volume.obstacle()
                                        .map(why -> "(" + why + ")")
                                        .orElse("(" + volume.kind() + called(volume) + ")"))
                        .collect(Collectors.joining(", ", "There are: ", "."));
        if (number.isPresent()) {
            return new CommandRejected(
                    FilesRejection.VOLUME_NOT_FOUND, "There is no volume %d. %s".formatted(number.get(), list));
        }
        return all.stream().noneMatch(Volume::readable)
                ? new CommandRejected(FilesRejection.VOLUME_NOT_READABLE, "No volume can be read. " + list)
                : new CommandRejected(FilesRejection.VOLUME_NEEDED, "Several volumes can be read. " + list);
    }

    /// What somebody may know it by.
    private static String called(Volume volume) {
        return Stream.of(volume.label(), volume.name())
                .filter(name -> !name.isEmpty())
                .findFirst()
                .map(name -> ", " + Quoted.of(name))
                .orElse("");
    }

    /// What is at a path. Links are followed inside the volume, at the end as well.
    public FoundEntry find(Volume volume, FilePath path) throws IOException, DatastoreException {
        Located found = ask(
                Map.of("op", "find", "volume", volume.number(), "path", path.names(), "follow", true), Located.class);
        return new FoundEntry(new FilePath(found.path()), found.entry());
    }

    /// The folder at a path.
    public FoundEntry folder(Volume volume, FilePath path) throws IOException, DatastoreException {
        FoundEntry found = find(volume, path);
        if (!found.entry().isFolder()) {
            throw new CommandRejected(
                    FilesRejection.NOT_A_FOLDER,
                    "%s is no folder.".formatted(Quoted.of(found.path().toString())));
        }
        return found;
    }

    /// Some of the entries of a folder, from the place `from`.
    public Page list(Volume volume, long node, int from, int limit) throws IOException, DatastoreException {
        return ask(
                Map.of("op", "list", "volume", volume.number(), "node", node, "from", from, "limit", limit),
                Page.class);
    }

    /// Why a file's content cannot be given, if so.
    Optional<String> obstacle(Volume volume, Entry file) throws IOException, DatastoreException {
        Content content = ask(Map.of("op", "check", "volume", volume.number(), "node", file.node()), Content.class);
        if (!content.problem().isEmpty()) {
            return Optional.of(UNREADABLE.getOrDefault(content.problem(), "its content is of an unknown kind"));
        }
        return content.size() == file.size()
                ? Optional.empty()
                : Optional.of("the file system contradicts itself about its size");
    }

    /// A piece of a file: as much as is asked for, and at most [#PIECE_BYTES].
    byte[] read(Volume volume, Entry file, long offset, int length) throws IOException, DatastoreException {
        Message answer = reader.ask(JSON.writeValueAsBytes(Map.of(
                "op", "read", "volume", volume.number(), "node", file.node(), "offset", offset, "length", length)));
        if (answer.kind() != Message.BYTES || answer.content().length != length) {
            throw refused(answer);
        }
        return answer.content();
    }

    private <T> T ask(Map<String, Object> request, Class<T> type) throws IOException, DatastoreException {
        Message answer = reader.ask(JSON.writeValueAsBytes(request));
        if (answer.kind() != Message.JSON) {
            throw refused(answer);
        }
        try {
            return JSON.readValue(answer.content(), type);
        } catch (IOException senseless) {
            throw brokeDown();
        }
    }

    private CommandRejected refused(Message answer) {
        if (answer.kind() != Message.REFUSAL) {
            return brokeDown();
        }
        try {
            Refusal refusal = JSON.readValue(answer.content(), Refusal.class);
            String what = Quoted.of("/" + refusal.message());
            return switch (refusal.code()) {
                case "NO_VOLUME" -> new CommandRejected(FilesRejection.VOLUME_NOT_FOUND, "There is no such volume.");
                case "NOT_FOUND" ->
                    new CommandRejected(FilesRejection.FILE_NOT_FOUND, "There is no %s.".formatted(what));
                case "NO_FOLDER" ->
                    new CommandRejected(FilesRejection.NOT_A_FOLDER, "%s is no folder.".formatted(what));
                case "NO_FILE" -> new CommandRejected(FilesRejection.NOT_A_FILE, "This is no file.");
                case "TOO_MANY" ->
                    new CommandRejected(FilesRejection.FOLDER_TOO_LARGE, "The folder has too many entries.");
                default ->
                    new CommandRejected(
                            FilesRejection.READER_FAILED,
                            "The file system cannot be read there: %s.".formatted(Quoted.of(refusal.message())));
            };
        } catch (IOException senseless) {
            return brokeDown();
        }
    }

    private CommandRejected brokeDown() {
        close();
        return new CommandRejected(
                FilesRejection.READER_FAILED, "The reader of file systems gave an answer that makes no sense.");
    }

    /// Whether it can still be asked.
    boolean isOpen() {
        return reader.isRunning();
    }

    @Override
    public void close() {
        reader.close();
    }
}
