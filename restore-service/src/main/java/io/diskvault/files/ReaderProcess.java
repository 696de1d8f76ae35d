package io.diskvault.files;

import io.diskvault.command.CommandRejected;
import io.diskvault.engine.DatastoreException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// A reader at work on one disk. It is a process of its own, so that what a hostile file system does to it is done
/// to nobody else, and it is ended when it takes too long or says what makes no sense. Thread-safe; must be closed.
final class ReaderProcess implements AutoCloseable {
    /// What a reader may ask for, and give, at once.
    static final int PIECE_BYTES = 1 << 20;

    private static final int ANSWER_BYTES_MAX = 16 << 20;

    /// The program comes over the pipe as well, so there is no file that somebody could put another one in place
    /// of.
    private static final String START =
            "import sys;exec(compile(sys.stdin.buffer.read(int(sys.argv[1])),'diskvault-reader','exec'))";

    private static final List<String> PARTS = List.of("pipe.py", "volumes.py", "folders.py");

    private static final ScheduledThreadPoolExecutor ALARMS = alarms();

    /// The disk that is read.
    interface Disk {
        long size();

        /// Fills the rest of a buffer.
        void read(long offset, ByteBuffer into) throws IOException, DatastoreException;
    }

    /// What a reader says.
    static final class Message {
        static final char WANTS_BYTES = 'R';
        static final char JSON = 'J';
        static final char BYTES = 'B';
        static final char REFUSAL = 'E';

        private final char kind;
        private final byte[] content;

        private Message(char kind, byte[] content) {
            this.kind = kind;
            this.content = content;
        }

        char kind() {
            return kind;
        }

        /// Not a copy: it is read once.
        byte[] content() {
            return content;
        }
    }

    private final Process process;
    private final Disk disk;
    private final Duration patience;
    private final DataInputStream answers;
    private final OutputStream requests;
    private volatile boolean late;
    private volatile boolean closed;

    private ReaderProcess(Process process, Disk disk, Duration patience) {
        this.process = process;
        this.disk = disk;
        this.patience = patience;
        this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        this.requests = new BufferedOutputStream(process.getOutputStream());
    }

    private static ScheduledThreadPoolExecutor alarms() {
        ScheduledThreadPoolExecutor alarms = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("file-reader-alarms").factory());
        alarms.setRemoveOnCancelPolicy(true);
        return alarms;
    }

    /// Starts a reader. Whether it can read is known with its first answer.
    ///
    /// @throws IOException if there is no such interpreter
    static ReaderProcess start(Path python, Disk disk, Duration patience) throws IOException {
        byte[] program = program();
        ProcessBuilder builder =
                new ProcessBuilder(python.toString(), "-I", "-B", "-c", START, String.valueOf(program.length));
        builder.directory(new File("/"));
        builder.environment().clear();
        // File systems of Windows keep local times; without a zone they are taken as they are.
        builder.environment().putAll(Map.of("TZ", "UTC"));
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        ReaderProcess reader = new ReaderProcess(builder.start(), disk, patience);
        try {
            reader.requests.write(program);
        } catch (IOException _) {
            // It has ended already; its first answer, which does not come, says so.
            reader.close();
        }
        return reader;
    }

    private static byte[] program() {
        ByteArrayOutputStream program = new ByteArrayOutputStream();
        for (String part : PARTS) {
            try (InputStream source = ReaderProcess.class.getResourceAsStream(part)) {
                Objects.requireNonNull(source, part).transferTo(program);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return program.toByteArray();
    }

    /// Sends a request, gives the reader what it wants to know of the disk meanwhile, and returns its answer.
    ///
    /// @throws CommandRejected if the reader ended, or took too long
    /// @throws IOException if the disk cannot be read; the reader has ended then, because it would go on without
    synchronized Message ask(byte[] json) throws IOException, DatastoreException {
        ScheduledFuture<?> alarm = ALARMS.schedule(this::giveUp, patience.toNanos(), TimeUnit.NANOSECONDS);
        boolean done = false;
        try {
            send(ByteBuffer.allocate(Integer.BYTES).putInt(json.length).array(), json);
            Message answer = receive();
            while (answer.kind == Message.WANTS_BYTES) {
                serve(ByteBuffer.wrap(answer.content));
                answer = receive();
            }
            done = true;
            return answer;
        } catch (PipeException broken) {
            throw failed();
        } finally {
            alarm.cancel(false);
            if (!done) {
                close();
            }
        }
    }

    /// The pipe broke, or what came out of it makes no sense; as opposed to a disk that cannot be read.
    private static final class PipeException extends IOException {
        private static final long serialVersionUID = 1;

        PipeException(IOException cause) {
            super(cause);
        }

        PipeException(String message) {
            super(message);
        }
    }

    private Message receive() throws PipeException {
        try {
            char kind = (char) answers.readUnsignedByte();
            int length = answers.readInt();
            if (length < 0 || length > ANSWER_BYTES_MAX) {
                throw new PipeException("an answer of %d bytes".formatted(length));
            }
            byte[] content = new byte[length];
            answers.readFully(content);
            return new Message(kind, content);
        } catch (PipeException senseless) {
            throw senseless;
        } catch (IOException ended) {
            throw new PipeException(ended);
        }
    }

    private void serve(ByteBuffer wish) throws IOException, DatastoreException {
        if (wish.remaining() != Long.BYTES + Integer.BYTES) {
            throw new PipeException("a wish of %d bytes".formatted(wish.remaining()));
        }
        long offset = wish.getLong();
        int length = wish.getInt();
        if (offset < 0 || length < 1 || length > PIECE_BYTES || offset > disk.size() - length) {
            throw new PipeException("%d bytes at %d of the disk".formatted(length, offset));
        }
        byte[] bytes = new byte[length];
        disk.read(offset, ByteBuffer.wrap(bytes));
        send(new byte[] {'D'}, bytes);
    }

    private void send(byte[] head, byte[] rest) throws PipeException {
        try {
            requests.write(head);
            requests.write(rest);
            requests.flush();
        } catch (IOException ended) {
            throw new PipeException(ended);
        }
    }

    private void giveUp() {
        late = true;
        close();
    }

    private CommandRejected failed() {
        return new CommandRejected(
                FilesRejection.READER_FAILED,
                late
                        ? "The reader of file systems took longer than %s.".formatted(patience)
                        : "The reader of file systems broke down on this disk.");
    }

    long processId() {
        return process.pid();
    }

    boolean isRunning() {
        return !closed && process.isAlive();
    }

    @Override
    public void close() {
        closed = true;
        process.destroyForcibly();
    }
}
