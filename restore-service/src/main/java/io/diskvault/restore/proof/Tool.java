package io.diskvault.restore.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.diskvault.engine.posix.ProcessGroup;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Runs a program on a restored copy: without a shell, with nothing of the server's environment, for a limited time,
/// and with what it started gone when it is over.
final class Tool {
    private static final List<Path> DIRECTORIES =
            List.of(Path.of("/usr/sbin"), Path.of("/usr/bin"), Path.of("/sbin"), Path.of("/bin"));
    private static final String SEARCHED = "/usr/sbin:/usr/bin:/sbin:/bin";

    /// What a program says last counts; an endless one must not fill the memory.
    private static final int OUTPUT_MAX = 4096;

    private static final int LOOK_MILLIS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Tool() {}

    /// @param status the exit status; empty if the time was over
    /// @param output the end of what was said, on both streams
    record Ended(Optional<Integer> status, String output, long millis) {}

    /// Where an installed program lies.
    static Optional<Path> find(String name) {
        return DIRECTORIES.stream()
                .map(directory -> directory.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// @param environment beside where programs are found and the language
    /// @throws CancellationException if it was cancelled; the program is gone then
    static Ended run(
            List<String> command, Map<String, String> environment, Duration timeLimit, BooleanSupplier cancelled)
            throws IOException {
        // Of a session of its own all processes can be ended together, also those whose parents are gone.
        Optional<Path> setsid = find("setsid");
        List<String> words = new ArrayList<>();
        setsid.ifPresent(path -> words.add(path.toString()));
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", SEARCHED, "LANG", "C.UTF-8"));
        builder.environment().putAll(environment);
        long started = System.nanoTime();
        Process process = builder.start();
        Tail tail = new Tail(process.getInputStream());
        Thread reader = Thread.ofVirtual().start(tail);
        try {
            boolean over = await(process, timeLimit, started, cancelled);
            kill(process, setsid.isPresent());
            // Whoever got away with the output must not keep the test waiting.
            reader.join(PATIENCE);
            return new Ended(
                    over ? Optional.of(process.exitValue()) : Optional.empty(), tail.text(), millisSince(started));
        } catch (InterruptedException stopped) {
            kill(process, setsid.isPresent());
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("interrupted").initCause(stopped);
        } catch (CancellationException cancellation) {
            kill(process, setsid.isPresent());
            throw cancellation;
        }
    }

    private static boolean await(Process process, Duration timeLimit, long started, BooleanSupplier cancelled)
            throws InterruptedException {
        while (System.nanoTime() - started < timeLimit.toNanos()) {
            if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                return true;
            }
            if (cancelled.getAsBoolean()) {
                throw new CancellationException("cancelled while a check ran");
            }
        }
        return false;
    }

    private static void kill(Process process, boolean group) {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
        if (group) {
            ProcessGroup.kill(process.pid());
        }
    }

    private static long millisSince(long started) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    }

    /// The end of what a program says.
    private static final class Tail implements Runnable {
        private final InputStream output;
        private final byte[] kept = new byte[OUTPUT_MAX];
        private long count;

        Tail(InputStream output) {
            this.output = output;
        }

        @Override
        public void run() {
            byte[] some = new byte[OUTPUT_MAX];
            try (output) {
                for (int length = output.read(some); length >= 0; length = output.read(some)) {
                    keep(some, length);
                }
            } catch (IOException _) {
                // It ends with the program.
            }
        }

        private synchronized void keep(byte[] bytes, int length) {
            for (int i = 0; i < length; i++) {
                kept[(int) (count++ % OUTPUT_MAX)] = bytes[i];
            }
        }

        synchronized String text() {
            int length = (int) Math.min(count, OUTPUT_MAX);
            byte[] inOrder = new byte[length];
            for (int i = 0; i < length; i++) {
                inOrder[i] = kept[(int) ((count - length + i) % OUTPUT_MAX)];
            }
            String text = new String(inOrder, UTF_8).strip();
            return count > OUTPUT_MAX ? "… " + text : text;
        }
    }
}
