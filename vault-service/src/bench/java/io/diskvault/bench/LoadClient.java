package io.diskvault.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/// Clients in a process of their own. Each asks one query after the other, in an order of its own, at a bounded rate:
/// a question that is late because the one before took long is timed from when it was to be asked.
///
/// Before that all ask as fast as they can until the compilers of both processes are done, as they are in a server that
/// has run for some minutes; then a line with [#ASKING] is printed. A client is a thread with a connection, and nothing
/// between them: the machine's processors are the server's, too.
///
/// `LoadClient URL TOKEN SECONDS CLIENTS PER_SECOND`, with `name<tab>path` lines on standard input.
final class LoadClient {
    /// Printed when the measured questions begin.
    static final String ASKING = "ASKING";

    /// How often each client asks each query before.
    private static final int WARM_UP = 20;

    private LoadClient() {}

    private record Query(String name, String path) {}

    private record Asked(String name, long nanos) {}

    public static void main(String[] arguments) throws Exception {
        String url = arguments[0];
        String token = arguments[1];
        Duration time = Duration.ofSeconds(Long.parseLong(arguments[2]));
        int clients = Integer.parseInt(arguments[3]);
        double perSecond = Double.parseDouble(arguments[4]);
        System.setProperty("http.maxConnections", arguments[3]); // are kept open
        List<Query> queries = queries();
        int warmUp = WARM_UP * queries.size();
        together(clients, client -> new Client(url, token, queries, client).ask(warmUp));
        System.out.println(ASKING);
        long begin = System.nanoTime();
        List<Asked> all = together(
                clients, client -> new Client(url, token, queries, 100 + client).ask(begin, time.toNanos(), perSecond));
        print(queries, all, time.toNanos());
        System.exit(0);
    }

    private static List<Query> queries() throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            return in.lines()
                    .map(line -> line.split("\t", 2))
                    .map(parts -> new Query(parts[0], parts[1]))
                    .toList();
        }
    }

    private static List<Asked> together(int clients, IntFunction<Callable<List<Asked>>> work) throws Exception {
        List<Future<List<Asked>>> running = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(clients)) {
            for (int client = 0; client < clients; client++) {
                running.add(executor.submit(work.apply(client)));
            }
        }
        List<Asked> all = new ArrayList<>();
        for (Future<List<Asked>> each : running) {
            all.addAll(each.get());
        }
        return all;
    }

    private static final class Client {
        private final String url;
        private final String token;
        private final List<Query> order;
        private final Random random;
        private final List<Asked> asked = new ArrayList<>();

        Client(String url, String token, List<Query> queries, long seed) {
            this.url = url;
            this.token = token;
            this.order = new ArrayList<>(queries);
            this.random = new Random(seed);
        }

        Callable<List<Asked>> ask(int count) {
            return () -> {
                for (int i = 0; i < count; i++) {
                    ask(System.nanoTime());
                }
                return asked;
            };
        }

        Callable<List<Asked>> ask(long begin, long nanos, double perSecond) {
            long step = (long) (1e9 / perSecond);
            return () -> {
                for (long due = begin + (long) (random.nextDouble() * step); due < begin + nanos; due += step) {
                    LockSupport.parkNanos(due - System.nanoTime());
                    ask(due);
                }
                return asked;
            };
        }

        private void ask(long due) throws IOException {
            if (asked.size() % order.size() == 0) {
                Collections.shuffle(order, random);
            }
            Query query = order.get(asked.size() % order.size());
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url + query.path()).toURL().openConnection();
            connection.setRequestProperty("Authorization", "Bearer " + token);
            if (connection.getResponseCode() != 200) {
                throw new IllegalStateException(query + ": " + connection.getResponseCode());
            }
            try (InputStream answer = connection.getInputStream()) {
                answer.transferTo(OutputStream.nullOutputStream());
            }
            asked.add(new Asked(query.name(), System.nanoTime() - Math.min(due, System.nanoTime())));
        }
    }

    private static void print(List<Query> queries, List<Asked> all, long nanos) {
        Map<String, long[]> byName = new LinkedHashMap<>();
        for (Query query : queries) {
            byName.put(
                    query.name(),
                    all.stream()
                            .filter(asked -> asked.name().equals(query.name()))
                            .mapToLong(Asked::nanos)
                            .toArray());
        }
        byName.forEach((name, times) -> System.out.printf("%-36s %s%n", name, Numbers.text(times)));
        System.out.printf("%.0f answers a second%n", all.size() / (nanos / 1e9));
        Numbers.print(
                "slowest query, p99",
                byName.values().stream().mapToDouble(Numbers::p99Millis).max().orElseThrow(),
                "ms",
                50);
        Numbers.print(
                "all queries, p99",
                Numbers.p99Millis(all.stream().mapToLong(Asked::nanos).toArray()),
                "ms",
                50);
        Numbers.print("deep cursor, of the first page's p50", worstDeep(byName) * 100, "%", 100);
    }

    private static double worstDeep(Map<String, long[]> byName) {
        return byName.keySet().stream()
                .filter(name -> byName.containsKey(name + ", deep"))
                .mapToDouble(name -> median(byName, name + ", deep") / median(byName, name))
                .max()
                .orElseThrow();
    }

    private static double median(Map<String, long[]> byName, String name) {
        return Numbers.percentile(byName.getOrDefault(name, new long[1]), 0.5);
    }
}
