package io.diskvault.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/// Clients in a process of their own. Each asks one query after the other, in an order of its own, at a bounded rate:
/// a question that is late because the one before took long is timed from when it was to be asked.
///
/// `LoadClient URL TOKEN SECONDS CLIENTS PER_SECOND`, with `name<tab>path` lines on standard input.
final class LoadClient {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private LoadClient() {}

    private record Query(String name, String path) {}

    private record Asked(String name, long nanos) {}

    public static void main(String[] arguments) throws Exception {
        String url = arguments[0];
        String token = arguments[1];
        long nanos = Duration.ofSeconds(Long.parseLong(arguments[2])).toNanos();
        int clients = Integer.parseInt(arguments[3]);
        double perSecond = Double.parseDouble(arguments[4]);
        List<Query> queries = queries();
        for (int i = 0; i < 3; i++) {
            run(url, token, queries, nanos / 10, clients, perSecond, i); // warm both sides
        }
        List<Asked> all = run(url, token, queries, nanos, clients, perSecond, 99);
        print(queries, all, nanos);
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

    private static List<Asked> run(
            String url, String token, List<Query> queries, long nanos, int clients, double perSecond, long seed)
            throws Exception {
        long begin = System.nanoTime();
        List<Future<List<Asked>>> running = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(clients)) {
            for (int client = 0; client < clients; client++) {
                Random random = new Random(seed * 100 + client);
                running.add(executor.submit(() -> ask(url, token, queries, begin, nanos, perSecond, random)));
            }
        }
        List<Asked> all = new ArrayList<>();
        for (Future<List<Asked>> each : running) {
            all.addAll(each.get());
        }
        return all;
    }

    private static List<Asked> ask(
            String url, String token, List<Query> queries, long begin, long nanos, double perSecond, Random random)
            throws IOException, InterruptedException {
        List<Asked> asked = new ArrayList<>();
        List<Query> order = new ArrayList<>(queries);
        long step = (long) (1e9 / perSecond);
        long due = begin + (long) (random.nextDouble() * step);
        while (due < begin + nanos) {
            if (asked.size() % order.size() == 0) {
                Collections.shuffle(order, random);
            }
            Query query = order.get(asked.size() % order.size());
            LockSupport.parkNanos(due - System.nanoTime());
            HttpResponse<byte[]> answer = CLIENT.send(
                    HttpRequest.newBuilder(URI.create(url + query.path()))
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                        query + ": " + answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8));
            }
            asked.add(new Asked(query.name(), System.nanoTime() - Math.min(due, System.nanoTime())));
            due += step;
        }
        return asked;
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
