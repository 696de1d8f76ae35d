package io.diskvault.engine.storage;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// A directory in memory that records what is done to it, fails or loses power before a chosen operation, and then
/// says which states a real disk may be found in. It keeps exactly the promises of [Directory] and no others: what
/// was not synced is there, gone or torn, and names whose directory was not synced are there or not, in any
/// combination.
public final class PowerLossDirectory implements Directory {

    /// Decides before an operation whether it happens, by throwing or not.
    @FunctionalInterface
    public interface Fate {
        void before(int number, Operation operation) throws IOException;
    }

    private static final int SECTOR_BYTES = 512;

    private static final class Node {
        private byte[] content = new byte[0];
        private byte[] durable = new byte[0];
    }

    private final Fate fate;
    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, Node> names = new HashMap<>();
    private final Map<String, Node> durableNames = new HashMap<>();
    private final Set<String> directories = new HashSet<>(Set.of(""));
    private final Set<String> durableDirectories = new HashSet<>(Set.of(""));
    private boolean lost;

    public PowerLossDirectory() {
        this((number, operation) -> {});
    }

    public PowerLossDirectory(Fate fate) {
        this.fate = fate;
    }

    /// The same files as another directory, all durable, with another fate.
    public static PowerLossDirectory copyOf(PowerLossDirectory other, Fate fate) {
        return other.survivor(fate, name -> true, (_, content) -> content);
    }

    /// Loses power before an operation; a write is torn in its middle.
    public static Fate losingPowerBefore(int step) {
        return (number, operation) -> {
            if (number == step) {
                throw new PowerLostException();
            }
        };
    }

    /// The power is gone; nothing can be done any more.
    public static final class PowerLostException extends IOException {
        PowerLostException() {
            super("The power was cut.");
        }
    }

    @FunctionalInterface
    private interface NameSurvives {
        boolean test(String name);
    }

    @FunctionalInterface
    private interface ContentAfter {
        byte[] of(byte[] durable, byte[] written);
    }

    public synchronized List<Operation> operations() {
        return List.copyOf(operations);
    }

    /// The states that may be found when the power comes back.
    public synchronized List<PowerLossDirectory> survivors() {
        Fate none = (number, operation) -> {};
        List<PowerLossDirectory> survivors = new ArrayList<>();
        survivors.add(survivor(none, name -> false, (durable, _) -> durable));
        survivors.add(survivor(none, name -> false, (_, written) -> written));
        survivors.add(survivor(none, name -> true, (durable, _) -> durable));
        survivors.add(survivor(none, name -> true, (_, written) -> written));
        survivors.add(survivor(none, name -> true, PowerLossDirectory::zeroed));
        survivors.add(survivor(none, name -> true, (durable, written) -> torn(durable, written, 0)));
        survivors.add(survivor(none, name -> true, (durable, written) -> torn(durable, written, 1)));
        for (int seed = 0; seed < 3; seed++) {
            Random random = new Random(seed);
            survivors.add(survivor(
                    none,
                    name -> random.nextBoolean(),
                    (durable, written) -> random.nextBoolean() ? written : durable));
        }
        return survivors;
    }

    /// The length arrived, the bytes did not.
    private static byte[] zeroed(byte[] durable, byte[] written) {
        return Arrays.equals(durable, written) ? written : Arrays.copyOf(durable, written.length);
    }

    /// Every second sector arrived.
    private static byte[] torn(byte[] durable, byte[] written, int which) {
        byte[] found = zeroed(durable, written);
        for (int at = which * SECTOR_BYTES; at < written.length; at += 2 * SECTOR_BYTES) {
            System.arraycopy(written, at, found, at, Math.min(SECTOR_BYTES, written.length - at));
        }
        return found;
    }

    private PowerLossDirectory survivor(Fate newFate, NameSurvives unsyncedName, ContentAfter content) {
        PowerLossDirectory survivor = new PowerLossDirectory(newFate);
        Set<String> allDirectories = new HashSet<>(directories);
        allDirectories.addAll(durableDirectories);
        allDirectories.stream()
                .sorted()
                .filter(name ->
                        (durableDirectories.contains(name) && directories.contains(name)) || unsyncedName.test(name))
                .filter(name -> name.isEmpty() || survivor.directories.contains(above(name)))
                .forEach(survivor.directories::add);
        survivor.durableDirectories.addAll(survivor.directories);
        Set<String> allNames = new HashSet<>(names.keySet());
        allNames.addAll(durableNames.keySet());
        allNames.stream().sorted().forEach(name -> {
            Node live = names.get(name);
            Node kept = durableNames.get(name);
            Node found = live == kept || unsyncedName.test(name) ? live : kept;
            if (found != null && survivor.directories.contains(above(name))) {
                Node copy = new Node();
                copy.content = content.of(found.durable, found.content).clone();
                copy.durable = copy.content.clone();
                survivor.names.put(name, copy);
                survivor.durableNames.put(name, copy);
            }
        });
        return survivor;
    }

    private static String above(String name) {
        int slash = name.lastIndexOf('/');
        return slash < 0 ? "" : name.substring(0, slash);
    }

    private void before(Operation.Kind kind, String name) throws IOException {
        if (lost) {
            throw new PowerLostException();
        }
        Operation operation = new Operation(kind, name);
        operations.add(operation);
        try {
            fate.before(operations.size() - 1, operation);
        } catch (PowerLostException e) {
            lost = true;
            throw e;
        }
    }

    private Node node(String name) throws NoSuchFileException {
        Node node = names.get(name);
        if (node == null) {
            throw new NoSuchFileException(name);
        }
        return node;
    }

    private void requireDirectory(String name) throws NoSuchFileException {
        if (!directories.contains(name)) {
            throw new NoSuchFileException(name);
        }
    }

    @Override
    public synchronized OutputFile create(String name) throws IOException {
        before(Operation.Kind.CREATE, name);
        requireDirectory(above(name));
        if (names.containsKey(name)) {
            throw new FileAlreadyExistsException(name);
        }
        Node node = new Node();
        names.put(name, node);
        return new Output(name, node);
    }

    @Override
    public synchronized InputFile open(String name) throws IOException {
        return new Input(node(name));
    }

    @Override
    public synchronized void publish(String temporaryName, String name) throws IOException {
        before(Operation.Kind.PUBLISH, name);
        Node node = node(temporaryName);
        if (names.putIfAbsent(name, node) != null) {
            throw new FileAlreadyExistsException(name);
        }
        names.remove(temporaryName);
    }

    @Override
    public synchronized void replace(String temporaryName, String name) throws IOException {
        before(Operation.Kind.REPLACE, name);
        names.put(name, node(temporaryName));
        names.remove(temporaryName);
    }

    @Override
    public synchronized boolean delete(String name) throws IOException {
        before(Operation.Kind.DELETE, name);
        return names.remove(name) != null;
    }

    @Override
    public synchronized void createDirectory(String name) throws IOException {
        before(Operation.Kind.CREATE_DIRECTORY, name);
        requireDirectory(above(name));
        directories.add(name);
    }

    @Override
    public synchronized void syncDirectory(String name) throws IOException {
        before(Operation.Kind.SYNC_DIRECTORY, name);
        requireDirectory(name);
        durableNames.keySet().removeIf(known -> above(known).equals(name));
        names.forEach((known, node) -> {
            if (above(known).equals(name)) {
                durableNames.put(known, node);
            }
        });
        directories.stream()
                .filter(known -> !known.isEmpty() && above(known).equals(name))
                .forEach(durableDirectories::add);
    }

    @Override
    public synchronized List<String> list(String name) {
        List<String> found = new ArrayList<>();
        names.keySet().stream().filter(known -> above(known).equals(name)).forEach(found::add);
        directories.stream()
                .filter(known -> !known.isEmpty() && above(known).equals(name))
                .forEach(found::add);
        return found.stream()
                .map(known -> known.substring(known.lastIndexOf('/') + 1))
                .toList();
    }

    @Override
    public synchronized boolean exists(String name) {
        return names.containsKey(name) || directories.contains(name);
    }

    private final class Output implements OutputFile {

        private final String name;
        private final Node node;

        private Output(String name, Node node) {
            this.name = name;
            this.node = node;
        }

        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
            synchronized (PowerLossDirectory.this) {
                int length = bytes.remaining();
                try {
                    before(Operation.Kind.WRITE, name);
                } catch (PowerLostException e) {
                    length /= 2;
                    throw e;
                } finally {
                    byte[] written = new byte[length];
                    bytes.get(written);
                    int start = Math.toIntExact(position);
                    node.content = Arrays.copyOf(node.content, Math.max(node.content.length, start + length));
                    System.arraycopy(written, 0, node.content, start, length);
                }
            }
        }

        @Override
        public void setLength(long bytes) throws IOException {
            synchronized (PowerLossDirectory.this) {
                before(Operation.Kind.SET_LENGTH, name);
                node.content = Arrays.copyOf(node.content, Math.toIntExact(bytes));
            }
        }

        @Override
        public void sync() throws IOException {
            synchronized (PowerLossDirectory.this) {
                before(Operation.Kind.SYNC, name);
                node.durable = node.content.clone();
            }
        }

        @Override
        public void close() {}
    }

    private final class Input implements InputFile {

        private final Node node;

        private Input(Node node) {
            this.node = node;
        }

        @Override
        public long sizeBytes() {
            synchronized (PowerLossDirectory.this) {
                return node.content.length;
            }
        }

        @Override
        public void read(ByteBuffer into, long position) throws EOFException {
            synchronized (PowerLossDirectory.this) {
                if (position + into.remaining() > node.content.length) {
                    throw new EOFException("The file ends at " + node.content.length);
                }
                into.put(node.content, Math.toIntExact(position), into.remaining());
            }
        }

        @Override
        public MemorySegment map() {
            synchronized (PowerLossDirectory.this) {
                return MemorySegment.ofArray(node.content.clone()).asReadOnly();
            }
        }

        @Override
        public void close() {}
    }
}
