package io.diskvault.app.server;

import io.diskvault.access.AccessTokens;
import io.diskvault.app.client.VaultServer;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.web.tls.TlsCertificate;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/// The server in this process, from its start to its stop.
public final class RunningServer implements AutoCloseable {
    private final DataDirectory data;
    private final EmbeddedServer server;
    private final String host;

    private RunningServer(DataDirectory data, EmbeddedServer server, String host) {
        this.data = data;
        this.server = server;
        this.host = host;
    }

    /// Starts serving. Takes over the data directory, which is free again when this fails.
    ///
    /// @param port 0 takes a free one
    /// @param allowed directories that resource groups may use, beside the remembered ones
    public static RunningServer start(DataDirectory data, String host, int port, List<Path> allowed)
            throws CommandFailed {
        try {
            LogFormat.check();
            refuseUsedPort(host, port);
            SequencedSet<String> roots = new LinkedHashSet<>();
            for (Path root : data.rememberedRoots()) roots.add(root.toString());
            for (Path root : allowed) roots.add(root.toString());
            return new RunningServer(data, started(data, host, port, roots), host);
        } catch (CommandFailed | RuntimeException failure) {
            data.close();
            throw failure;
        }
    }

    private static EmbeddedServer started(DataDirectory data, String host, int port, SequencedSet<String> roots)
            throws CommandFailed {
        ApplicationContext context = ApplicationContext.builder()
                .deduceEnvironment(false)
                .banner(false)
                .properties(Map.of(
                        "diskvault.data",
                        data.path().toString(),
                        "diskvault.allowed-roots",
                        List.copyOf(roots),
                        "micronaut.server.host",
                        host,
                        "micronaut.server.port",
                        port == 0 ? -1 : port))
                .build();
        try {
            context.start();
            return context.getBean(EmbeddedServer.class).start();
        } catch (RuntimeException failure) {
            context.close();
            throw explained(failure, host, port).orElseThrow(() -> failure);
        }
    }

    /// Tried before anything else is started, so that a used port leaves nothing half done.
    private static void refuseUsedPort(String host, int port) throws CommandFailed {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (UnknownHostException unknown) {
            throw new CommandFailed(
                    "HostUnknown", "This machine has no address '" + host + "'.", "Choose another --host.");
        } catch (IOException refused) {
            throw portRefused(host, port, refused);
        }
    }

    private static CommandFailed portRefused(String host, int port, Exception reason) {
        return new CommandFailed(
                "PortUnavailable",
                "The server cannot listen on " + host + ":" + port + " (" + reason.getMessage() + ").",
                "Stop what listens there, or choose another port with --port.");
    }

    private static Optional<CommandFailed> explained(RuntimeException failure, String host, int port) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException bind) return Optional.of(portRefused(host, port, bind));
            if (cause instanceof ConfigurationException setting) {
                return Optional.of(new CommandFailed(
                        "SettingInvalid",
                        String.valueOf(setting.getMessage()),
                        "Correct the setting or its environment variable and start again."));
            }
            if (cause instanceof SQLException database) {
                return Optional.of(new CommandFailed(
                        "DatabaseUnavailable",
                        "The server's database cannot be opened: " + firstLine(database) + ".",
                        "Look at the settings diskvault.database.*, and whether the disk is full."));
            }
        }
        return Optional.empty();
    }

    private static String firstLine(Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    /// Where people and programs reach it.
    public String address() {
        return address(host);
    }

    private String address(String name) {
        String scheme = certificate().isPresent() ? "https" : "http";
        return scheme + "://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + server.getPort();
    }

    /// This process's own way to it.
    public VaultServer ownClient() {
        boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
        String own = everywhere ? address("127.0.0.1") : address();
        String token = tokens().processToken();
        return certificate()
                .map(certificate -> VaultServer.ofThisProcess(own, token, certificate::current))
                .orElseGet(() -> new VaultServer(own, Optional.of(token)));
    }

    private Optional<TlsCertificate> certificate() {
        return server.getApplicationContext().findBean(TlsCertificate.class);
    }

    /// The administrator's token, if this is the first start and none was given.
    public Optional<String> administratorTokenOfFirstStart() {
        return tokens().administratorTokenOfFirstStart();
    }

    private AccessTokens tokens() {
        return server.getApplicationContext().getBean(AccessTokens.class);
    }

    /// Stops serving, lets running jobs go so that the next start takes them up, and frees the data directory.
    @Override
    public void close() {
        try {
            server.stop();
            server.getApplicationContext().close();
        } finally {
            data.close();
        }
    }
}
