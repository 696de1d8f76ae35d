package io.diskvault.web;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A directory that disks may lie in, full of traps, and paths that try to get out of it.
final class HostilePaths {
    /// As many bytes as no file that may be opened has.
    static final int SECRET_BYTES = 7777;

    static final int DISK_BYTES = 4096;

    private static final String[] ODD = {
        "\0", "\u0001", "\n", "\r\n", "\t", "\u001b[2J", "\u202e", "\u200b", "\ufeff", "\uff0e\uff0e\uff0f", "\u2215",
        "e\u0301", "\ud83d\udcbe", "%00", "%2e%2e%2f", "%252e%252e%252f", "..%c0%af", "\\..\\", ";", "|", "`id`",
                "$(id)",
        "${user.home}", "~", "*", "?", "#", "'", "\"", " ", "...", "....//",
    };

    private static final String[] DEVICES = {
        "/dev/zero",
        "/dev/null",
        "/dev/full",
        "/dev/random",
        "/dev/tty",
        "/dev/stdin",
        "/dev/fd/0",
        "/dev/mem",
        "/dev/ptmx",
        "/proc/self/mem",
        "/proc/self/environ",
        "/proc/self/fd/0",
        "/proc/self/root/etc/passwd",
        "/proc/self/cwd/pom.xml",
        "/proc/kmsg",
        "/proc/sysrq-trigger",
        "/sys/power/state",
        "/etc/passwd",
        "/etc/shadow",
        "/root/.ssh/id_rsa",
    };

    private final Path root;
    private final Path outside;
    private final Path data;
    private final Random random;
    private final List<String> traps = new ArrayList<>();

    private HostilePaths(Path root, Path outside, Path data, long seed) {
        this.root = root;
        this.outside = outside;
        this.data = data;
        this.random = new Random(seed);
    }

    /// @param root where disks may lie
    /// @param outside where they may not
    /// @param data the server's own directory
    static HostilePaths in(Path root, Path outside, Path data, long seed) throws Exception {
        HostilePaths paths = new HostilePaths(root, outside, data, seed);
        paths.layTraps();
        return paths;
    }

    private void layTraps() throws Exception {
        Files.createDirectories(root.resolve("a/b/c"));
        Files.write(root.resolve("disk.img"), new byte[DISK_BYTES]);
        Files.write(root.resolve("a/b/disk.img"), new byte[DISK_BYTES]);
        Files.createDirectories(outside.resolve("sub"));
        Files.write(outside.resolve("secret.img"), new byte[SECRET_BYTES]);
        Files.write(outside.resolve("sub/secret.img"), new byte[SECRET_BYTES]);
        link("absolute", outside.resolve("secret.img"));
        link("relative", root.relativize(outside.resolve("secret.img")));
        link("directory", outside);
        link("a/middle", outside.resolve("sub"));
        link("a/b/up", Path.of("../../.."));
        link("chain1", Path.of("chain2"));
        link("chain2", Path.of("chain3"));
        link("chain3", outside);
        link("loop1", Path.of("loop2"));
        link("loop2", Path.of("loop1"));
        link("self", Path.of("self"));
        link("dangling", Path.of("absent"));
        link("proc", Path.of("/proc/self/fd"));
        link("device", Path.of("/dev/zero"));
        link("own", data);
        link("slash", Path.of("/"));
        pipe(root.resolve("pipe"));
        pipe(outside.resolve("pipe"));
        link("pipelink", outside.resolve("pipe"));
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(root.resolve("socket")));
        }
        traps.addAll(List.of("pipe", "socket", "a", "a/b", "own/server.lock", "own/db"));
    }

    private void link(String name, Path target) throws IOException {
        Files.createSymbolicLink(root.resolve(name), target);
        traps.add(name);
    }

    private static void pipe(Path path) throws Exception {
        if (new ProcessBuilder("mkfifo", path.toString()).start().waitFor() != 0) {
            throw new IOException("no pipe");
        }
    }

    /// One more path, relative or absolute.
    String next() {
        String path = switch (random.nextInt(9)) {
            case 0 -> dots(1 + random.nextInt(12)) + target();
            case 1 -> outside.resolve("secret.img").toString();
            case 2 -> pick(DEVICES);
            case 3 -> pick(traps);
            case 4 ->
                pick(traps) + "/" + pick("secret.img", "sub/secret.img", "..", "../..", "0", "pipe", "etc/passwd");
            case 5 -> root + "/" + dots(1 + random.nextInt(5)) + target();
            case 6 -> "a/b/" + dots(random.nextInt(8)) + pick(traps) + "/" + dots(random.nextInt(4)) + target();
            case 7 -> pick("x", "../", "a/", "./").repeat(1 + random.nextInt(1200));
            default ->
                data.resolve(pick("datastore.key", "db/diskvault.mv.db", "server.lock"))
                        .toString();
        };
        return random.nextInt(3) == 0 ? path : mutated(path);
    }

    private String dots(int count) {
        String step = pick("../", "..//", ".././", "a/../../", "./../", "..\u2215", "..\\", "%2e%2e/", "..;/");
        return step.repeat(count);
    }

    private String target() {
        return pick(
                "secret.img",
                outside.getFileName() + "/secret.img",
                "etc/passwd",
                data.getFileName() + "/datastore.key",
                outside.getFileName() + "/pipe",
                "");
    }

    private String mutated(String path) {
        int at = random.nextInt(path.length() + 1);
        return switch (random.nextInt(7)) {
            case 0 -> path.substring(0, at) + pick(ODD) + path.substring(at);
            case 1 -> path + pick("/", "//", "/.", "/..", "/./", "\0.img", "%00.img", " ", ".");
            case 2 -> pick("//", "///", "////", "./", "\\\\host\\", "//localhost/", "~/", "\0") + path;
            case 3 -> path.replace("..", pick("%2e%2e", "%2E%2E", ".%2e", "\uff0e\uff0e", "..."));
            case 4 -> path.replace("/", pick("%2f", "\\", "//", "/./", "\u2044"));
            case 5 ->
                random.nextBoolean()
                        ? path.toUpperCase(java.util.Locale.ROOT)
                        : path.toLowerCase(java.util.Locale.ROOT);
            default -> path;
        };
    }

    /// A scheme in front, mostly the right one.
    String nextSource() {
        String scheme = random.nextInt(6) > 0
                ? "file:"
                : pick(
                        "FILE:",
                        "file://",
                        "file:///",
                        "file:file:",
                        "http://",
                        "jar:file:",
                        "nbd:",
                        "",
                        "\0file:",
                        "file%3A",
                        "unix:");
        return scheme + next();
    }

    /// A name in a URL, for a disk and so for what a restore makes.
    String nextName() {
        StringBuilder name = new StringBuilder();
        for (byte b : next().getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            name.append('%').append(String.format("%02X", b));
        }
        return name.length() > 3000 ? name.substring(0, 3000) : name.toString();
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
