package io.diskvault.engine.storage;

import io.diskvault.engine.posix.FileInUseException;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.source.Extent;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// A directory in memory that records what is done to it, fails or loses power before a chosen operation, and then
/// says which states a real disk may be found in. It keeps exactly the promises of [Directory] and no others: what
/// was not synced is there, gone or torn, and names whose directory was not synced are there or not, in any
/// combination. Nobody holds a lock after a power cut, nor in a copy.
public final class PowerLossDirectory implements Directory {

    /// Decides before an operation whether it happens, by throwing or not.
    @FunctionalInterface
    public interface Fate {
        void before(int number, Operation operation) throws IOException;
    }

    /// Something that was done, to be done again to a copy of what was there before.
    @FunctionalInterface
    interface Change {
        void applyTo(Platter platter) throws IOException;
    }

    private static final Fate NONE = (_, _) -> {};

    private final Fate fate;
    private final List<Operation> operations = new ArrayList<>();
    private final Platter platter;
    private final Platter start;
    private final List<Change> changes = new ArrayList<>();
    private final Set<String> failedSyncs = new HashSet<>();

    /// The files whose locks somebody holds.
    private final Set<Integer> locked = new HashSet<>();

    /// Unfinished files and leases of somebody who is dead: nobody may read them.
    private final Set<String> leftBehind = new HashSet<>();

    private boolean lost;

    public PowerLossDirectory() {
        this(NONE);
    }

    public PowerLossDirectory(Fate fate) {
        this(new Platter(), fate);
    }

    private PowerLossDirectory(Platter platter, Fate fate) {
        this.platter = platter;
        this.start = platter.copy();
        this.fate = fate;
    }

    /// The same files as another directory, all durable, with another fate.
    public static PowerLossDirectory copyOf(PowerLossDirectory other, Fate fate) {
        synchronized (other) {
            Map<String, byte[]> files = new LinkedHashMap<>();
            other.platter.names().forEach((name, versions) -> {
                Platter.Node node = versions.getLast();
                if (node != null) {
                    files.put(name, node.content());
                }
            });
            return new PowerLossDirectory(Platter.holding(other.platter.directories(), files), fate);
        }
    }

    /// The same directory in another world: what is not durable here is not durable there, either.
    public synchronized PowerLossDirectory fork(Fate otherFate) {
        return new PowerLossDirectory(platter.copy(), otherFate);
    }

    /// A while has passed without a power cut, and what a directory holds has become durable by itself.
    public synchronized void settle(String name) throws IOException {
        if (platter.directories().contains(name)) {
            platter.syncDirectory(name);
            start.syncDirectory(name);
        }
    }

    /// The directory that somebody finds after a power cut.
    public static PowerLossDirectory of(PowerCut.State state) {
        PowerLossDirectory directory =
                new PowerLossDirectory(Platter.holding(state.directories(), state.files()), NONE);
        state.files().keySet().stream().filter(PowerCut::isLeftover).forEach(directory.leftBehind::add);
        return directory;
    }

    /// Loses power before an operation that changes something; a write is torn in its middle.
    public static Fate losingPowerBefore(int step) {
        return new Fate() {
            private int changes;

            @Override
            public void before(int number, Operation operation) throws IOException {
                if (operation.kind().changes() && changes++ == step) {
                    throw new PowerLostException();
                }
            }
        };
    }

    /// The power is gone; nothing can be done any more.
    public static final class PowerLostException extends IOException {
        PowerLostException() {
            super("The power was cut.");
        }
    }

    /// A sync does nothing, and says nothing.
    public static final class ForgottenException extends IOException {
        public ForgottenException() {
            super("The sync is forgotten.");
        }
    }

    /// A write ends with an error when half of it is done.
    public static final class ShortWriteException extends IOException {
        public ShortWriteException(String message) {
            super(message);
        }
    }

    public synchronized List<Operation> operations() {
        return List.copyOf(operations);
    }

    /// The states that may be found when the power is cut now.
    public synchronized List<PowerLossDirectory> survivors() {
        Map<String, PowerLossDirectory> survivors = new LinkedHashMap<>();
        new PowerCut(platter).forEachState(state -> survivors.computeIfAbsent(state.digest(), _ -> of(state)));
        return List.copyOf(survivors.values());
    }

    /// Cuts the power before the first change, after each, and gives every state that may be found then.
    public synchronized void cutEverywhere(CutVisitor visitor) throws IOException {
        Platter then = start.copy();
        for (int i = 0; ; i++) {
            int done = i;
            new PowerCut(then).forEachState(state -> visitor.visit(done, state));
            if (i == changes.size()) {
                return;
            }
            changes.get(i).applyTo(then);
        }
    }

    /// How many things were changed or made durable.
    public synchronized int changeCount() {
        return changes.size();
    }

    /// Gives every state that may be found when the power is cut after some changes.
    public synchronized void cutAfter(int count, Consumer<PowerCut.State> found) throws IOException {
        Platter then = start.copy();
        for (Change change : changes.subList(0, count)) {
            change.applyTo(then);
        }
        new PowerCut(then).forEachState(found);
    }

    /// Looks at what a power cut has left.
    @FunctionalInterface
    public interface CutVisitor {
        void visit(int changesDone, PowerCut.State found);
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

    private void apply(Change change) throws IOException {
        change.applyTo(platter);
        changes.add(change);
    }

    @Override
    public synchronized OutputFile create(String name) throws IOException {
        before(Operation.Kind.CREATE, name);
        apply(then -> then.create(name));
        failedSyncs.remove(name);
        leftBehind.remove(name);
        return new Output(name, platter.node(name).id());
    }

    @Override
    public synchronized OutputFile createLocked(String name) throws IOException {
        OutputFile file = create(name);
        locked.add(platter.node(name).id());
        return file;
    }

    @Override
    public synchronized LockedFile createForUpdate(String name) throws IOException {
        create(name);
        locked.add(platter.node(name).id());
        return new Output(name, platter.node(name).id());
    }

    @Override
    public synchronized Optional<LockedFile> openForUpdate(String name) throws IOException {
        if (leftBehind.contains(name)) {
            throw new AssertionError("A file was opened that a dead owner left behind: " + name);
        }
        before(Operation.Kind.OPEN, name);
        int node = platter.node(name).id();
        return locked.add(node) ? Optional.of(new Output(name, node)) : Optional.empty();
    }

    @Override
    public synchronized ExistingFile openLocked(String name) throws IOException {
        before(Operation.Kind.OPEN, name);
        int node = platter.node(name).id();
        if (!locked.add(node)) {
            throw new FileInUseException(Path.of(name));
        }
        return new Existing(name, node);
    }

    @Override
    public synchronized boolean deleteAbandoned(String name) throws IOException {
        before(Operation.Kind.DELETE, name);
        Platter.Node node = platter.find(name);
        if (node != null && locked.contains(node.id())) {
            return false;
        }
        apply(then -> then.delete(name));
        return true;
    }

    @Override
    public synchronized InputFile open(String name) throws IOException {
        if (leftBehind.contains(name)) {
            throw new AssertionError("A file was opened that a dead owner left behind: " + name);
        }
        before(Operation.Kind.OPEN, name);
        return new Input(name, platter.node(name));
    }

    @Override
    public synchronized void publish(String temporaryName, String name) throws IOException {
        before(Operation.Kind.PUBLISH, name);
        apply(then -> then.publish(temporaryName, name));
    }

    @Override
    public synchronized void replace(String temporaryName, String name) throws IOException {
        before(Operation.Kind.REPLACE, name);
        apply(then -> then.replace(temporaryName, name));
    }

    @Override
    public synchronized boolean delete(String name) throws IOException {
        before(Operation.Kind.DELETE, name);
        boolean existed = platter.find(name) != null;
        apply(then -> then.delete(name));
        return existed;
    }

    @Override
    public synchronized void createDirectory(String name) throws IOException {
        before(Operation.Kind.CREATE_DIRECTORY, name);
        apply(then -> then.createDirectory(name));
    }

    @Override
    public synchronized void syncDirectory(String name) throws IOException {
        try {
            before(Operation.Kind.SYNC_DIRECTORY, name);
        } catch (ForgottenException _) {
            return;
        }
        apply(then -> then.syncDirectory(name));
    }

    @Override
    public synchronized List<String> list(String name) throws IOException {
        before(Operation.Kind.LIST, name);
        return platter.list(name);
    }

    @Override
    public synchronized boolean exists(String name) throws IOException {
        before(Operation.Kind.EXISTS, name);
        return platter.find(name) != null || platter.directories().contains(name);
    }

    private class Output implements LockedFile {

        final String name;
        final int node;

        private Output(String name, int node) {
            this.name = name;
            this.node = node;
        }

        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
            synchronized (PowerLossDirectory.this) {
                try {
                    before(Operation.Kind.WRITE, name);
                } catch (PowerLostException | ShortWriteException e) {
                    writeFirst(bytes, bytes.remaining() / 2, position);
                    throw e;
                }
                writeFirst(bytes, bytes.remaining(), position);
            }
        }

        private void writeFirst(ByteBuffer bytes, int length, long position) throws IOException {
            byte[] written = new byte[length];
            bytes.get(written);
            apply(then -> Platter.write(then.node(node), written, Math.toIntExact(position)));
        }

        @Override
        public long sizeBytes() {
            synchronized (PowerLossDirectory.this) {
                return platter.node(node).content().length;
            }
        }

        @Override
        public void read(ByteBuffer into, long position) throws IOException {
            synchronized (PowerLossDirectory.this) {
                before(Operation.Kind.READ, name);
                byte[] content = platter.node(node).content();
                if (position + into.remaining() > content.length) {
                    throw new EOFException("The file ends at " + content.length);
                }
                into.put(content, Math.toIntExact(position), into.remaining());
            }
        }

        @Override
        public void release(long position, long length) throws IOException {
            synchronized (PowerLossDirectory.this) {
                before(Operation.Kind.WRITE, name);
                writeFirst(ByteBuffer.allocate(Math.toIntExact(length)), Math.toIntExact(length), position);
            }
        }

        @Override
        public void setLength(long bytes) throws IOException {
            synchronized (PowerLossDirectory.this) {
                before(Operation.Kind.SET_LENGTH, name);
                apply(then -> Platter.setLength(then.node(node), Math.toIntExact(bytes)));
            }
        }

        @Override
        public void sync() throws IOException {
            synchronized (PowerLossDirectory.this) {
                if (failedSyncs.contains(name)) {
                    throw new AssertionError("A file was synced again after its sync had failed: " + name);
                }
                try {
                    before(Operation.Kind.SYNC, name);
                } catch (ForgottenException _) {
                    return;
                } catch (IOException e) {
                    failedSyncs.add(name);
                    apply(then -> Platter.failToSync(then.node(node)));
                    throw e;
                }
                apply(then -> Platter.sync(then.node(node)));
            }
        }

        @Override
        public void close() {
            synchronized (PowerLossDirectory.this) {
                locked.remove(node);
            }
        }
    }

    private final class Existing extends Output implements ExistingFile {

        private Existing(String name, int node) {
            super(name, node);
        }

        @Override
        public DiskSource content() {
            return new Content(this, sizeBytes());
        }

        @Override
        public void clear(long position, long length) throws IOException {
            write(ByteBuffer.allocate(Math.toIntExact(length)), position);
        }
    }

    private record Content(Existing file, long sizeBytes) implements DiskSource {

        @Override
        public Optional<Extent> dataFrom(long offset) {
            return offset < sizeBytes ? Optional.of(new Extent(offset, sizeBytes - offset)) : Optional.empty();
        }

        @Override
        public void read(ByteBuffer into, long offset) throws IOException {
            file.read(into, offset);
        }

        @Override
        public boolean changedSinceOpened() {
            return true;
        }

        @Override
        public void close() {}
    }

    private final class Input implements InputFile {

        private final String name;
        private final Platter.Node node;

        private Input(String name, Platter.Node node) {
            this.name = name;
            this.node = node;
        }

        @Override
        public long sizeBytes() {
            synchronized (PowerLossDirectory.this) {
                return node.content().length;
            }
        }

        @Override
        public void read(ByteBuffer into, long position) throws IOException {
            synchronized (PowerLossDirectory.this) {
                before(Operation.Kind.READ, name);
                if (position + into.remaining() > node.content().length) {
                    throw new EOFException("The file ends at " + node.content().length);
                }
                into.put(node.content(), Math.toIntExact(position), into.remaining());
            }
        }

        @Override
        public MemorySegment map() throws IOException {
            synchronized (PowerLossDirectory.this) {
                before(Operation.Kind.READ, name);
                return MemorySegment.ofArray(node.content()).asReadOnly();
            }
        }

        @Override
        public void close() {}
    }
}
