package io.diskvault.app.datastore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.app.testing.Program;
import io.diskvault.app.testing.Program.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyCommandsTest {
    private static final String OLD = "correct horse battery staple";
    private static final String NEW = "a better passphrase";

    @TempDir
    Path temporary;

    private String datastore = "";

    @BeforeEach
    void nameADatastore() {
        datastore = temporary.resolve("datastore").toString();
    }

    private Path secret(String name, String text) throws IOException {
        Path file = Files.writeString(temporary.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private Run run(Program program, String... command) {
        List<String> arguments = new ArrayList<>(List.of("datastore"));
        arguments.addAll(List.of(command));
        return program.run(arguments.toArray(String[]::new));
    }

    private Run run(String... command) {
        return run(new Program(), command);
    }

    private static Run done(Run run) {
        assertEquals(0, run.status(), run.out() + run.err());
        return run;
    }

    private static void assertFailed(String code, Run run) {
        assertEquals(1, run.status(), run.out());
        assertEquals(code, run.json().at("/error/code").asText(), run.out());
    }

    private static void assertShowsNoSecret(Run run) {
        assertFalse((run.out() + run.err()).contains(OLD), "the passphrase was shown");
        assertFalse((run.out() + run.err()).contains(NEW), "the passphrase was shown");
    }

    @Test
    void takesAPassphraseFromAFileATerminalOrTheEnvironment() throws IOException {
        Path file = secret("passphrase", OLD + "\n");
        Run made = done(run("init", datastore, "--passphrase-file", file.toString()));
        assertTrue(made.out().contains("opened by the passphrase and nothing else"), made.out());
        assertShowsNoSecret(made);

        done(run("points", datastore, "--passphrase-file", file.toString()));
        done(run(new Program().typing(OLD), "points", datastore, "--passphrase"));
        done(run(new Program().with("DISKVAULT_PASSPHRASE", OLD), "points", datastore));
        assertFailed(
                "WrongKey",
                run(new Program().with("DISKVAULT_PASSPHRASE", "correct horse"), "points", datastore, "--json"));
    }

    @Test
    void asksTwiceForANewPassphrase() throws IOException {
        assertFailed(
                "PassphrasesDiffer",
                run(new Program().typing(OLD, OLD + "r"), "init", datastore, "--passphrase", "--json"));
        assertFalse(Files.exists(Path.of(datastore)));

        Run made = done(run(new Program().typing(OLD, OLD), "init", datastore, "--passphrase", "--json"));
        assertEquals("passphrase", made.json().at("/key/kind").asText());
        done(run(new Program().typing(OLD), "points", datastore, "--passphrase"));
    }

    @Test
    void saysSoWhenThereIsNoTerminal() {
        assertFailed("NoTerminal", run("init", datastore, "--passphrase", "--json"));
    }

    @Test
    void refusesAPassphraseThatIsEasilyGuessed() throws IOException {
        Path file = secret("passphrase", "too short");

        assertFailed("PassphraseRefused", run("init", datastore, "--passphrase-file", file.toString(), "--json"));
        assertFalse(Files.exists(Path.of(datastore)));
    }

    @Test
    void wantsExactlyOneKey() throws IOException {
        Path file = secret("passphrase", OLD);
        Run none = run("points", datastore);
        Run two = run("points", datastore, "--passphrase-file", file.toString(), "--passphrase");

        assertEquals(2, none.status());
        assertTrue(none.err().contains("--key-file, --passphrase-file or --passphrase"), none.err());
        assertEquals(2, two.status());
        assertTrue(two.err().contains("only one of"), two.err());
    }

    @Test
    void refusesAFileThatHoldsNoPassphrase() throws IOException {
        done(run(
                "init",
                datastore,
                "--passphrase-file",
                secret("passphrase", OLD).toString()));
        for (String content : List.of("", "two\nlines", "x".repeat(5000))) {
            Path file = secret("other", content);
            assertFailed("WrongKey", run("points", datastore, "--passphrase-file", file.toString(), "--json"));
        }
    }

    @Test
    void changesAPassphrase() throws IOException {
        Path old = secret("old", OLD);
        Path changed = secret("new", NEW);
        done(run("init", datastore, "--passphrase-file", old.toString()));

        Run change = done(run(
                "key",
                "change",
                datastore,
                "--passphrase-file",
                old.toString(),
                "--new-passphrase-file",
                changed.toString(),
                "--label",
                "since spring"));

        assertShowsNoSecret(change);
        assertTrue(change.out().contains("no longer by passphrase"), change.out());
        assertFailed("WrongKey", run("points", datastore, "--passphrase-file", old.toString(), "--json"));
        done(run("points", datastore, "--passphrase-file", changed.toString()));
        JsonNode keys = done(run("key", "list", datastore, "--json")).json().path("items");
        assertEquals(1, keys.size());
        assertEquals("since spring", keys.path(0).path("label").asText());
    }

    @Test
    void addsAKeyFileAndRemovesThePassphrase() throws IOException {
        Path key = temporary.resolve("datastore.key");
        Path passphrase = secret("passphrase", OLD);
        done(run("init", datastore, "--passphrase-file", passphrase.toString()));
        String first =
                run("key", "list", datastore, "--json").json().at("/items/0/id").asText();

        Run added = done(run(
                "key",
                "add",
                datastore,
                "--passphrase-file",
                passphrase.toString(),
                "--new-key-file",
                key.toString(),
                "--json"));
        assertEquals("keyFile", added.json().path("kind").asText());
        assertFailed(
                "KeyNotRemoved",
                run("key", "remove", datastore, first, "--passphrase-file", passphrase.toString(), "--json"));
        assertFailed("KeyNotFound", run("key", "remove", datastore, "x", "--key-file", key.toString(), "--json"));
        done(run("key", "remove", datastore, first, "--key-file", key.toString()));

        assertFailed("WrongKey", run("points", datastore, "--passphrase-file", passphrase.toString(), "--json"));
        done(run("points", datastore, "--key-file", key.toString()));
    }

    @Test
    void showsADamagedKeyAndFails() throws IOException {
        Path key = temporary.resolve("datastore.key");
        done(run("init", datastore, "--key-file", key.toString()));
        String id =
                run("key", "list", datastore, "--json").json().at("/items/0/id").asText();
        Path file = Path.of(datastore, "keys", id + ".key");
        Files.writeString(file, Files.readString(file).replace("keyFile", "keyfile"));

        assertFailed("CorruptDatastore", run("points", datastore, "--key-file", key.toString(), "--json"));
        Run list = run("key", "list", datastore, "--json");
        assertEquals(1, list.status());
        assertTrue(list.json().at("/unreadable/0").asText().contains("is damaged"), list.out());
    }

    @Test
    void takesAPassphraseFromAnEnvironmentForTheNewKey_andNamesMissingOnes() throws IOException {
        done(run(
                "init",
                datastore,
                "--passphrase-file",
                secret("passphrase", OLD).toString()));
        Program program = new Program().with("DISKVAULT_PASSPHRASE", OLD);

        assertEquals(2, run(program, "key", "add", datastore).status());
        done(run(program.with("DISKVAULT_NEW_PASSPHRASE", NEW), "key", "add", datastore));

        done(run(new Program().with("DISKVAULT_PASSPHRASE", NEW), "points", datastore));
        done(run(new Program().with("DISKVAULT_PASSPHRASE", OLD), "points", datastore));
        assertEquals(
                2,
                run(program, "key", "add", datastore, "--label", "a \"quote\"").status());
    }
}
