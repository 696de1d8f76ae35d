package io.diskvault.app.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/// How much of the server's log reaches the console.
public final class Logging {
    private Logging() {}

    /// Only warnings, while something else is being shown.
    public static void quiet() {
        set(Level.WARN);
    }

    /// One line for each thing that happens.
    public static void normal() {
        set(Level.INFO);
    }

    private static void set(Level level) {
        if (LoggerFactory.getLogger("io.diskvault") instanceof Logger logger) logger.setLevel(level);
    }
}
