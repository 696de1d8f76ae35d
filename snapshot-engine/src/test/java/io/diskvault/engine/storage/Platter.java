package io.diskvault.engine.storage;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a file system holds, and everything that it may be found to hold after a power cut: of each name all files
/// that it stood for since its directory was last synced, of each file all lengths and contents since the file was.
///
/// Arrays of content are never changed, only exchanged, so that copies can share them.
final class Platter {

    /// A file, whatever it is called.
    static final class Node {

        private final int id;

        /// What it held when it was last synced, then after each change since. The last is what readers see.
        private final List<byte[]> versions = new ArrayList<>(List.of(new byte[0]));

        /// A sync failed: the operating system has dropped what it could not write, and says nothing more about it.
        private boolean syncFailed;

        private Node(int id) {
            this.id = id;
        }

        /// The same in all copies of a platter.
        int id() {
            return id;
        }

        byte[] content() {
            return versions.getLast();
        }

        List<byte[]> versions() {
            return versions;
        }

        private Node copy() {
            Node copy = new Node(id);
            copy.versions.clear();
            copy.versions.addAll(versions);
            copy.syncFailed = syncFailed;
            return copy;
        }
    }

    private final Map<Integer, Node> nodes = new HashMap<>();

    /// What a name stood for when its directory was last synced, then after each change since; null is nothing.
    private final Map<String, List<@Nullable Node>> names = new TreeMap<>();

    private final Set<String> directories = new HashSet<>(Set.of(""));
    private final Set<String> durableDirectories = new HashSet<>(Set.of(""));

    /// The same again, unsynced things included. Files are copied, so that a change there changes nothing here.
    Platter copy() {
        Platter copy = new Platter();
        nodes.forEach((id, node) -> copy.nodes.put(id, node.copy()));
        names.forEach((name, versions) -> {
            List<@Nullable Node> copied = new ArrayList<>();
            versions.forEach(node -> copied.add(node == null ? null : copy.nodes.get(node.id)));
            copy.names.put(name, copied);
        });
        copy.directories.addAll(directories);
        copy.durableDirectories.addAll(durableDirectories);
        return copy;
    }

    /// A file system that holds exactly this, all of it durable.
    static Platter holding(Set<String> directories, Map<String, byte[]> files) {
        Platter platter = new Platter();
        platter.directories.addAll(directories);
        platter.durableDirectories.addAll(directories);
        files.forEach((name, content) -> {
            Node node = platter.newNode();
            node.versions.set(0, content);
            platter.names.put(name, new ArrayList<>(Arrays.asList(node)));
        });
        return platter;
    }

    static String above(String name) {
        int slash = name.lastIndexOf('/');
        return slash < 0 ? "" : name.substring(0, slash);
    }

    /// All names that stand for something, or may do so after a power cut, and what for.
    Map<String, List<@Nullable Node>> names() {
        return names;
    }

    Set<String> directories() {
        return directories;
    }

    boolean isDurable(String directory) {
        return durableDirectories.contains(directory);
    }

    @Nullable
    Node find(String name) {
        List<@Nullable Node> nodes = names.get(name);
        return nodes == null ? null : nodes.getLast();
    }

    Node node(String name) throws NoSuchFileException {
        Node node = find(name);
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

    private void requireFree(String name) throws FileAlreadyExistsException {
        if (find(name) != null || directories.contains(name)) {
            throw new FileAlreadyExistsException(name);
        }
    }

    private void bind(String name, @Nullable Node node) {
        names.computeIfAbsent(name, _ -> new ArrayList<>(Arrays.asList((Node) null)))
                .add(node);
    }

    private Node newNode() {
        Node node = new Node(nodes.size());
        nodes.put(node.id, node);
        return node;
    }

    Node node(int id) {
        return Objects.requireNonNull(nodes.get(id));
    }

    Node create(String name) throws NoSuchFileException, FileAlreadyExistsException {
        requireDirectory(above(name));
        requireFree(name);
        Node node = newNode();
        bind(name, node);
        return node;
    }

    void publish(String temporaryName, String name) throws NoSuchFileException, FileAlreadyExistsException {
        Node node = node(temporaryName);
        requireFree(name);
        bind(name, node);
        bind(temporaryName, null);
    }

    void replace(String temporaryName, String name) throws NoSuchFileException {
        Node node = node(temporaryName);
        bind(name, node);
        bind(temporaryName, null);
    }

    boolean delete(String name) {
        boolean existed = find(name) != null;
        if (existed) {
            bind(name, null);
        }
        return existed;
    }

    void createDirectory(String name) throws NoSuchFileException, FileAlreadyExistsException {
        requireDirectory(above(name));
        if (find(name) != null) {
            throw new FileAlreadyExistsException(name);
        }
        directories.add(name);
    }

    void syncDirectory(String name) throws NoSuchFileException {
        requireDirectory(name);
        names.forEach((known, nodes) -> {
            if (above(known).equals(name)) {
                nodes.subList(0, nodes.size() - 1).clear();
            }
        });
        names.values().removeIf(nodes -> nodes.size() == 1 && nodes.getLast() == null);
        directories.stream()
                .filter(known -> !known.isEmpty() && above(known).equals(name))
                .forEach(durableDirectories::add);
    }

    List<String> list(String directory) {
        List<String> found = new ArrayList<>();
        names.forEach((known, nodes) -> {
            if (nodes.getLast() != null && above(known).equals(directory)) {
                found.add(known.substring(known.lastIndexOf('/') + 1));
            }
        });
        directories.stream()
                .filter(known -> !known.isEmpty() && above(known).equals(directory))
                .forEach(known -> found.add(known.substring(known.lastIndexOf('/') + 1)));
        return found;
    }

    static void write(Node node, byte[] bytes, int position) {
        byte[] content = Arrays.copyOf(node.content(), Math.max(node.content().length, position + bytes.length));
        System.arraycopy(bytes, 0, content, position, bytes.length);
        node.versions.add(content);
    }

    static void setLength(Node node, int length) {
        node.versions.add(Arrays.copyOf(node.content(), length));
    }

    static void sync(Node node) {
        if (!node.syncFailed) {
            node.versions.subList(0, node.versions.size() - 1).clear();
        }
    }

    static void failToSync(Node node) {
        node.syncFailed = true;
    }
}
