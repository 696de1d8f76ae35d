package io.diskvault.engine.nbd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Programs of others, as tests run them.
final class Programs {

    private Programs() {}

    record Output(int status, String text) {}

    static boolean isInstalled(String program) {
        for (String place : List.of("/usr/bin", "/usr/sbin", "/bin", "/sbin")) {
            if (Files.isExecutable(Path.of(place, program))) {
                return true;
            }
        }
        return false;
    }

    static void needs(String program, String debianPackage) {
        assumeTrue(isInstalled(program), program + " is not installed; on Debian it is in " + debianPackage);
    }

    static Output run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().merge("PATH", "/usr/sbin:/sbin", (path, more) -> path + ":" + more);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(1, TimeUnit.MINUTES), () -> "it does not end: " + List.of(command));
            return new Output(process.exitValue(), text);
        } finally {
            process.destroyForcibly();
        }
    }

    static String succeeded(String... command) throws Exception {
        Output output = run(command);
        assertEquals(0, output.status(), () -> List.of(command) + ": " + output.text());
        return output.text();
    }

    /// What is done with a disk that looks like a file.
    @FunctionalInterface
    interface Use {
        void of(Path file) throws Exception;
    }

    /// Makes a file of what a server serves, as long as something is done with it.
    ///
    /// @param directory where the file goes, below a directory of its own
    static void mounted(Path directory, String uri, Use use) throws Exception {
        needs("nbdfuse", "libnbd-bin");
        Path mounted = Files.createDirectory(directory.resolve("mounted"));
        Path file = mounted.resolve("disk");
        Process fuse = new ProcessBuilder("nbdfuse", file.toString(), uri)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("nbdfuse.log").toFile())
                .start();
        try {
            while (!Files.exists(file) && !fuse.waitFor(10, TimeUnit.MILLISECONDS)) {}
            assumeTrue(Files.exists(file), "nbdfuse cannot mount here; that needs /dev/fuse and the right to use it");
            use.of(file);
        } finally {
            run("fusermount3", "-u", mounted.toString());
            fuse.destroy();
            assertTrue(fuse.waitFor(1, TimeUnit.MINUTES));
        }
    }
}
