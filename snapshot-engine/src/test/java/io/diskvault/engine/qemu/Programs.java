package io.diskvault.engine.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs programs that nobody here wrote.
final class Programs {

    private Programs() {}

    static void need(String... programs) {
        for (String program : programs) {
            assumeTrue(
                    QemuTools.installed().look(program).isPresent(),
                    program + " is not installed; on Debian it is in qemu-utils");
        }
    }

    static String run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(1, TimeUnit.MINUTES), () -> "it does not end: " + List.of(command));
            assertEquals(0, process.exitValue(), () -> List.of(command) + ": " + text);
            return text;
        } finally {
            process.destroyForcibly();
        }
    }

    /// The tools that this process has started and that have not ended.
    static List<ProcessHandle> running() {
        return ProcessHandle.current()
                .children()
                .filter(ProcessHandle::isAlive)
                .filter(child -> child.info().commandLine().orElse("").contains("/diskvault-qemu-"))
                .toList();
    }
}
