package io.diskvault.app.datastore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Table;
import io.diskvault.app.console.Terminal;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.KeyListing;
import io.diskvault.engine.datastore.SealedKey;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Shows and changes what opens a datastore.
@Command(
        name = "key",
        description = "Shows and changes the key files and passphrases that open a datastore; each one is enough.")
final class KeyCommands {
    private static final String COPIES = "Copies of the datastore that were made before can still be opened as before.";

    private final Terminal terminal;

    KeyCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(name = "list", description = "Lists what opens a datastore. Needs no key.")
    int list(@Mixin DirectoryOptions options) throws CommandFailed, IOException, DatastoreException {
        KeyListing listing = Datastore.keys(options.existing());
        if (options.json()) {
            ObjectNode list = Json.object();
            ArrayNode items = list.putArray("items");
            listing.keys().forEach(key -> items.add(json(key)));
            ArrayNode damaged = list.putArray("unreadable");
            listing.unreadable().forEach(damage -> damaged.add(damage.getMessage()));
            terminal.print(list);
        } else {
            Table table = new Table("KEY", "KIND", "LABEL");
            listing.keys().forEach(key -> table.add(key.id(), kind(key), key.label()));
            table.printTo(terminal, "No key opens this datastore.");
            listing.unreadable().forEach(damage -> terminal.note("Warning: " + damage.getMessage()));
        }
        return listing.unreadable().isEmpty() && !listing.keys().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    @Command(name = "add", description = "Lets another key file or passphrase open a datastore, too.")
    int add(@Mixin DatastoreOptions options, @Mixin NewKeyOptions added)
            throws CommandFailed, IOException, DatastoreException {
        added.requireOne(terminal);
        try (Datastore datastore = options.open(terminal)) {
            SealedKey key = datastore.keys().add(added.key(terminal), added.label());
            print(options, "Added " + kind(key) + " " + key.id() + ". The others open the datastore as before.", key);
        } catch (IllegalArgumentException refused) {
            throw added.wrong(String.valueOf(refused.getMessage()));
        }
        return ExitCode.OK;
    }

    @Command(
            name = "change",
            description = "Lets a new key file or passphrase open a datastore instead of the one that is given."
                    + " Nothing that is stored is written again, and " + COPIES)
    int change(@Mixin DatastoreOptions options, @Mixin NewKeyOptions changed)
            throws CommandFailed, IOException, DatastoreException {
        changed.requireOne(terminal);
        try (Datastore datastore = options.open(terminal)) {
            SealedKey old = datastore.keys().own();
            SealedKey key = datastore.keys().change(changed.key(terminal), changed.label());
            String done = "Changed: the datastore is opened by " + kind(key) + " " + key.id() + ", and no longer by "
                    + kind(old) + " " + old.id() + ".";
            print(options, done + "\n" + COPIES, key);
        } catch (IllegalArgumentException refused) {
            throw changed.wrong(String.valueOf(refused.getMessage()));
        }
        return ExitCode.OK;
    }

    @Command(
            name = "remove",
            description = "Lets a key file or passphrase no longer open a datastore. Open it with another one; the last"
                    + " one cannot be removed.")
    int remove(
            @Mixin DatastoreOptions options,
            @Parameters(index = "1", paramLabel = "KEY", description = "As listed by: datastore key list") String id)
            throws CommandFailed, IOException, DatastoreException {
        try (Datastore datastore = options.open(terminal)) {
            if (!datastore.keys().remove(id)) {
                throw new CommandFailed(
                        "KeyNotFound",
                        options.directory() + " has no key " + id + ".",
                        "List them with: diskvault datastore key list");
            }
        }
        if (options.json()) {
            terminal.print(Json.object().put("removed", id));
        } else {
            terminal.say("Removed key " + id + ".");
            terminal.say(COPIES);
        }
        return ExitCode.OK;
    }

    private void print(DatastoreOptions options, String text, SealedKey key) {
        if (options.json()) terminal.print(json(key));
        else text.lines().forEach(terminal::say);
    }

    static String kind(SealedKey key) {
        return switch (key.kind()) {
            case KEY_FILE -> "key file";
            case PASSPHRASE -> "passphrase";
        };
    }

    static ObjectNode json(SealedKey key) {
        String kind = switch (key.kind()) {
            case KEY_FILE -> "keyFile";
            case PASSPHRASE -> "passphrase";
        };
        return Json.object().put("id", key.id()).put("kind", kind).put("label", key.label());
    }
}
