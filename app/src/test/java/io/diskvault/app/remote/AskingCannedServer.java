package io.diskvault.app.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diskvault.app.testing.CannedServer;
import io.diskvault.app.testing.Program;
import io.diskvault.app.testing.Program.Run;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What tests of commands that talk to a server have in common: a server with answers that they give it, and a program
/// whose environment names it.
abstract class AskingCannedServer {
    CannedServer server;
    Program program;

    @BeforeEach
    void start() throws IOException {
        server = CannedServer.start();
        program = new Program().with("DISKVAULT_SERVER", server.address()).with("DISKVAULT_TOKEN", "secret");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// What a command prints that has to end well.
    String out(String... arguments) {
        Run run = program.run(arguments);
        assertEquals(0, run.status(), run.err());
        return run.out();
    }
}
