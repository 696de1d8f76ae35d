package io.diskvault.restoretest;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.Quoted;
import io.diskvault.resourcegroup.AllowedRoots;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds the scripts that may be run on restored disks. A request only names one; what it does was decided by whoever
/// may write to the server's directory.
@Singleton
public class CheckScripts {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][-A-Za-z0-9._]{0,99}");
    private static final Set<PosixFilePermission> OF_OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final RestoreTestSettings settings;
    private final AllowedRoots allowed;

    CheckScripts(RestoreTestSettings settings, AllowedRoots allowed) {
        this.settings = settings;
        this.allowed = allowed;
    }

    /// Checked anew at every call, because files and their permissions change.
    ///
    /// @return a real path
    /// @throws CommandRejected if there is no such script, or somebody else could have put it there
    public Path require(String name) {
        Path named = settings.scripts()
                .orElseThrow(
                        () -> refused(name, "this server has no scripts: diskvault.restore-tests.scripts is not set"));
        if (!NAME.matcher(name).matches()) {
            throw refused(name, "the name of a file is needed, without a directory");
        }
        try {
            Path directory = named.toRealPath();
            requireOwn(name, directory);
            Path script = directory.resolve(name);
            if (!Files.isRegularFile(script, LinkOption.NOFOLLOW_LINKS) || !Files.isExecutable(script)) {
                throw refused(name, "there is no such executable file in the directory of the server's scripts");
            }
            requireOwn(name, script);
            return script;
        } catch (IOException failure) {
            throw refused(name, "the directory of the server's scripts cannot be read: " + failure);
        }
    }

    private void requireOwn(String name, Path real) throws IOException {
        // Who may restore disks could put files there.
        if (allowed.allowedRoots().stream().anyMatch(root -> isInside(root, real))) {
            throw refused(name, "the directory of the server's scripts lies where resource groups may be");
        }
        if (Files.getPosixFilePermissions(real).stream().anyMatch(OF_OTHERS::contains)) {
            throw refused(name, real + " can be written by others than its owner");
        }
    }

    private static boolean isInside(Path root, Path real) {
        try {
            return real.startsWith(root.toRealPath());
        } catch (IOException _) {
            return false; // what is not there holds nothing
        }
    }

    private static CommandRejected refused(String name, String why) {
        return new CommandRejected(
                RestoreTestRejection.SCRIPT_INVALID,
                "The script %s cannot be run: %s.".formatted(Quoted.of(name), why));
    }
}
