package io.diskvault.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskvault.app.testing.Program;
import io.diskvault.app.testing.Program.Run;
import io.diskvault.app.testing.RealDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionCommandTest {
    @TempDir
    Path directory;

    private Path script(String shell) throws IOException {
        Run run = new Program().run("completion", shell);
        assertEquals(0, run.status(), run.err());
        return Files.writeString(directory.resolve("completion"), run.out());
    }

    /// What Tab offers after these words.
    private static Set<String> offered(Path script, String... words) throws IOException, InterruptedException {
        String program = """
                source "$1"; shift
                COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
                _complete_diskvault
                printf '%s\\n' "${COMPREPLY[@]}"
                """;
        List<String> command =
                new java.util.ArrayList<>(List.of("bash", "--norc", "-c", program, "bash", script.toString()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), out);
        return new TreeSet<>(out.lines().map(String::strip).toList());
    }

    @Test
    void bashCompletesCommandsAndOptions() throws IOException, InterruptedException {
        assumeTrue(RealDisk.tool("bash").isPresent(), "there is no bash here");
        Path script = script("bash");
        assertTrue(offered(script, "diskvault", "").containsAll(Set.of("overview", "alert", "job", "datastore")));
        assertTrue(offered(script, "diskvault", "job", "").containsAll(Set.of("list", "show", "wait", "cancel")));
        assertTrue(offered(script, "diskvault", "job", "wait", "--").contains("--timeout"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void shellsReadTheScriptWithoutComplaint(String shell) throws IOException, InterruptedException {
        assumeTrue(RealDisk.tool(shell).isPresent(), () -> "there is no " + shell + " here");
        Process process = new ProcessBuilder(shell, "-n", script(shell).toString())
                .redirectErrorStream(true)
                .start();
        assertEquals("", new String(process.getInputStream().readAllBytes(), UTF_8));
        assertEquals(0, process.waitFor());
    }

    @Test
    void otherShellsAreRefused() {
        Run run = new Program().run("completion", "fish");
        assertEquals(2, run.status());
        assertTrue(run.err().contains("bash, zsh"), run.err());
    }
}
