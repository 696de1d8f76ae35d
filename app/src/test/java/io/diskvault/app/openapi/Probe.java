package io.diskvault.app.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One request of the walk.
///
/// @param what is sent, in words
/// @param body empty for none
/// @param expected what the answer has to be
record Probe(
        Operation operation,
        String what,
        String path,
        Optional<String> body,
        Map<String, String> headers,
        Expected expected) {
    enum Expected {
        SUCCESS,
        REFUSAL,
        EITHER
    }

    /// The example, sent to what is there.
    static Probe good(Operation operation, Fixture fixture) {
        Map<String, String> headers = new HashMap<>(fixture.headers(operation));
        Optional<String> body =
                operation.body().map(_ -> fixture.body(operation).toString());
        Expected expected = Walk.NOT_HERE.contains(operation.id()) ? Expected.EITHER : Expected.SUCCESS;
        body.ifPresent(_ -> headers.put("Content-Type", "application/json"));
        return new Probe(operation, "the example", path(operation, fixture, Map.of()), body, headers, expected);
    }

    /// Everything else that is tried with an operation.
    static List<Probe> others(Operation operation, Fixture fixture, Hostile hostile) {
        Probe good = good(operation, fixture);
        List<Probe> probes = new ArrayList<>();
        for (JsonNode parameter : operation.parameters("path")) {
            String path = path(operation, fixture, Map.of(parameter.get("name").asText(), hostile.segment()));
            probes.add(good.with("a hostile " + parameter.get("name"), path, Expected.EITHER));
        }
        operation.parameters("query").forEach(parameter -> queries(good, parameter, hostile, probes));
        for (JsonNode header : operation.parameters("header")) {
            for (String value : List.of("\"99999999999999999999\"", "bytes=9-1", "x".repeat(3_000), " ")) {
                probes.add(good.withHeader(header.get("name").asText(), value, Expected.EITHER));
            }
        }
        operation.body().ifPresent(_ -> {
            for (Bodies.Body body : Bodies.of(operation, fixture.body(operation), hostile)) {
                probes.add(good.withBody(body));
            }
            probes.add(good.withHeader("Content-Type", "application/xml", Expected.REFUSAL));
            probes.add(good.withHeader("Content-Type", "text/plain;charset=nonsense", Expected.REFUSAL));
            probes.add(good.withHeader("Content-Type", "no type", Expected.EITHER));
        });
        if (operation.isList()) {
            probes.add(good.withHeader("Accept", "text/csv", good.expected));
        }
        return probes;
    }

    private static void queries(Probe good, JsonNode parameter, Hostile hostile, List<Probe> probes) {
        String name = parameter.get("name").asText();
        JsonNode schema = parameter.get("schema");
        probes.add(good.withQuery(name, hostile.text(), Expected.EITHER));
        schema.path("enum").forEach(text -> {
            if (good.operation.isList()) {
                probes.add(good.withQuery(name, text.asText(), good.expected));
            }
        });
        if (schema.has("enum")) {
            probes.add(good.withQuery(name, "Nonsense", Expected.REFUSAL));
        }
        if (schema.has("minimum")) {
            probes.add(good.withQuery(name, schema.get("minimum").asText(), good.expected));
            probes.add(good.withQuery(name, schema.get("maximum").asText(), good.expected));
            probes.add(good.withQuery(name, String.valueOf(schema.get("minimum").asInt() - 1), Expected.REFUSAL));
            probes.add(good.withQuery(name, String.valueOf(schema.get("maximum").asInt() + 1), Expected.REFUSAL));
        }
        if (schema.path("type").asText().equals("integer")) {
            probes.add(good.withQuery(name, "many", Expected.REFUSAL));
        }
        if (schema.path("format").asText().equals("date-time")) {
            probes.add(good.withQuery(name, "2026-11-21T02:00:00Z", Expected.EITHER));
            probes.add(good.withQuery(name, "+999999999-12-31T23:59:59Z", Expected.EITHER));
            probes.add(good.withQuery(name, "yesterday", Expected.REFUSAL));
        }
        if (name.equals("cursor")) {
            probes.add(good.withQuery(name, "no cursor", Expected.REFUSAL));
            for (String place :
                    List.of("+999999999-12-31T23:59:59Z x", "-1-12-31T23:59:59Z x", "2026-11-01T00:00:00Z \0")) {
                String cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(UTF_8));
                probes.add(good.withQuery(name, cursor, Expected.EITHER));
            }
        }
    }

    private static String path(Operation operation, Fixture fixture, Map<String, String> instead) {
        String path = operation.path();
        for (JsonNode parameter : operation.parameters("path")) {
            String name = parameter.get("name").asText();
            String value = instead.getOrDefault(name, fixture.part(operation, parameter));
            path = path.replace("{" + name + "}", encoded(value));
        }
        return path + neededQuery(operation, "");
    }

    private static String neededQuery(Operation operation, String but) {
        return operation.parameters("query").stream()
                .filter(parameter -> parameter.path("required").asBoolean())
                .filter(parameter -> !parameter.get("name").asText().equals(but))
                .map(parameter -> "?" + parameter.get("name").asText() + "="
                        + encoded(parameter.get("example").asText()))
                .findFirst()
                .orElse("");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    private Probe with(String what, String path, Expected expected) {
        return new Probe(operation, what, path, body, headers, expected);
    }

    private Probe withQuery(String name, String value, Expected expected) {
        String needed = neededQuery(operation, name);
        String query = needed + (needed.isEmpty() ? "?" : "&") + name + "=" + encoded(value);
        return with(name + "=" + value, path.replaceFirst("[?].*", "") + query, expected);
    }

    private Probe withHeader(String name, String value, Expected expected) {
        Map<String, String> others = new HashMap<>(headers);
        others.put(name, value);
        return new Probe(operation, name + ": " + value, path, body, others, expected);
    }

    private Probe withBody(Bodies.Body other) {
        // A check says what is not allowed, and is none the less a success.
        boolean check = operation.path().contains("/validate-for-");
        boolean refused =
                other.fault() == Bodies.Fault.MALFORMED || (other.fault() == Bodies.Fault.FORBIDDEN && !check);
        return new Probe(
                operation,
                other.what(),
                path,
                Optional.of(other.text()),
                headers,
                refused ? Expected.REFUSAL : Expected.EITHER);
    }

    @Override
    public String toString() {
        return "%s with %s: %s %s".formatted(operation, shown(what), shown(path), shown(body.orElse("")));
    }

    static String shown(String text) {
        return text.length() > 400 ? text.substring(0, 400) + "…" : text;
    }
}
