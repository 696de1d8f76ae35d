package io.diskvault.engine.qemu;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A running tool of QEMU. It gets nothing of this process but a file as its standard input, and is bounded in what
/// it may take of the machine. Must be closed.
final class Tool implements Closeable {

    /// A hundred times what it needs. An image can ask for tables of any size.
    private static final long ADDRESS_SPACE_BYTES = 2L << 30;

    /// How long a tool may take to end that has nothing to do any more.
    private static final int END_SECONDS = 10;

    private static final File NOTHING = new File("/dev/null");

    private final Process process;
    private final Workplace place;

    private Tool(Process process, Workplace place) {
        this.process = process;
        this.place = place;
    }

    /// @param input what the tool can open as `/proc/self/fd/0`
    /// @param arguments are used as they are; relative paths are in the workplace
    static Tool start(QemuTools tools, Workplace place, String program, Optional<Path> input, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        tools.look("prlimit")
                .ifPresent(limiter ->
                        command.addAll(List.of(limiter.toString(), "--as=" + ADDRESS_SPACE_BYTES, "--core=0", "--")));
        command.add(tools.find(program).toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(place.path().toFile())
                .redirectInput(input.map(Path::toFile).orElse(NOTHING))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.appendTo(place.log().toFile()));
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("LC_ALL", "C.UTF-8");
        // Else every thread would take 64 MiB of the address space for itself.
        environment.put("MALLOC_ARENA_MAX", "2");
        return new Tool(builder.start(), place);
    }

    /// Waits for its end, but not for ever.
    ///
    /// @return whether it has ended
    boolean awaitEnd(long time, TimeUnit unit) throws IOException {
        try {
            return process.waitFor(time, unit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while a tool of QEMU was at work.", e);
        }
    }

    /// @throws IOException when it has failed, or does not end
    void requireSuccess(String what, long seconds) throws IOException {
        if (!awaitEnd(seconds, TimeUnit.SECONDS)) {
            throw new IOException("%s: it has not ended after %d s.".formatted(what, seconds));
        }
        if (process.exitValue() != 0) {
            throw new IOException("%s: %s".formatted(what, reason()));
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// What it said, without the options that it was started with; or how it ended.
    String reason() throws IOException {
        String said = place.said();
        int options = said.lastIndexOf("}': ");
        if (!said.isEmpty()) {
            return options < 0 ? said : said.substring(options + 4);
        }
        return process.isAlive() ? "it says nothing" : "it has ended with status " + process.exitValue();
    }

    void kill() {
        process.destroyForcibly();
    }

    /// Ends it, if it does not end by itself.
    @Override
    public void close() throws IOException {
        try {
            if (!awaitEnd(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                awaitEnd(END_SECONDS, TimeUnit.SECONDS);
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
