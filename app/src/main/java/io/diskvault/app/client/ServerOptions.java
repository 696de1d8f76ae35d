package io.diskvault.app.client;

import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.JsonOption;
import io.diskvault.app.console.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What every command takes that talks to a server. The token comes from the environment or a file and never from the
/// command line, where every user of the machine could read it.
public final class ServerOptions {
    public static final String DEFAULT_ADDRESS = "http://127.0.0.1:8080";

    @Mixin
    private JsonOption json = new JsonOption();

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The server's address; else DISKVAULT_SERVER, else " + DEFAULT_ADDRESS + ".")
    private Optional<String> server = Optional.empty();

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file that holds the token; else DISKVAULT_TOKEN.")
    private Optional<Path> tokenFile = Optional.empty();

    @Option(
            names = "--ca-certificate",
            paramLabel = "FILE",
            description = "The certificate (PEM) of the authority that issued the server's, where this machine does not"
                    + " know it; else DISKVAULT_CA_CERTIFICATE.")
    private Optional<Path> authority = Optional.empty();

    public boolean json() {
        return json.asked();
    }

    public VaultServer connect(Terminal terminal) throws CommandFailed {
        String address = server.or(() -> terminal.variable("DISKVAULT_SERVER")).orElse(DEFAULT_ADDRESS);
        Optional<Path> trusted = authority.or(() -> terminal.variable("DISKVAULT_CA_CERTIFICATE")
                .filter(file -> !file.isBlank())
                .map(Path::of));
        return trusted.isPresent()
                ? VaultServer.trustedBy(trusted.get(), address, token(terminal))
                : new VaultServer(address, token(terminal));
    }

    private Optional<String> token(Terminal terminal) throws CommandFailed {
        if (tokenFile.isEmpty()) return terminal.variable("DISKVAULT_TOKEN").map(String::strip);
        Path file = tokenFile.get();
        try {
            String token = Files.readString(file).strip();
            if (token.isEmpty()) throw new CommandFailed("TokenMissing", file + " holds no token.");
            return Optional.of(token);
        } catch (IOException unreadable) {
            throw new CommandFailed("TokenMissing", "The token file " + file + " cannot be read.");
        }
    }
}
