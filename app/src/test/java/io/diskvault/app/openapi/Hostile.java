package io.diskvault.app.openapi;

import static io.diskvault.app.openapi.Operation.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;

/// What no honest caller sends, from a seed.
final class Hostile {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\0",
            "a\0b",
            "../../etc/passwd",
            "..",
            "/",
            "a/b",
            "C:\\Windows\\system32",
            "' OR 1=1 --",
            "\"; DROP TABLE job; --",
            "%s%n%x",
            "%2e%2e%2f",
            "${jndi:ldap://x/y}",
            "#{7*7}",
            "<script>alert(1)</script>",
            "=1+1",
            "\u202Egnp.exe",
            "\uD83D\uDCBE",
            "\uD800",
            "\r\nX-Injected: yes",
            "\u001B[2J",
            "\u007F",
            "-1",
            "0",
            "2147483648",
            "9223372036854775808",
            "1e400",
            "NaN",
            "null",
            "true",
            "P99999999999Y",
            "PT-1S",
            "PT9223372036854775807S",
            "+999999999-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00Z",
            "2026-02-30T00:00:00Z",
            "R/2026-11-01T00:00:00Z/PT1S",
            "R/-999999999-01-01T00:00:00Z/PT1H",
            "Europe/Nowhere",
            "00000000-0000-0000-0000-000000000000",
            "MjAyNi0xMS0yMVQwMjowMDowMFogeA",
            "ICAg",
            "x".repeat(3_000),
            "ü".repeat(60));

    private static final List<JsonNode> NUMBERS = List.of(
            number("-1"),
            number("0"),
            number("2147483648"),
            number("-9223372036854775809"),
            number("1" + "0".repeat(300)),
            DoubleNode.valueOf(1e300),
            JsonNodeFactory.instance.numberNode(new BigDecimal("14.5")));

    private final Random random;

    Hostile(long seed) {
        random = new Random(seed);
    }

    private static JsonNode number(String text) {
        return JsonNodeFactory.instance.numberNode(new BigInteger(text));
    }

    String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    /// One that stays where it is put in an address.
    String segment() {
        while (true) {
            String text = text();
            if (!text.isBlank() && !text.matches("[./]+")) {
                return text;
            }
        }
    }

    /// A value of the right kind, and of no good will.
    JsonNode like(String type) {
        return switch (type) {
            case "string" -> TextNode.valueOf(text());
            case "integer", "number" -> NUMBERS.get(random.nextInt(NUMBERS.size()));
            case "boolean" -> JsonNodeFactory.instance.numberNode(random.nextInt(3) - 1);
            case "array" -> JSON.createArrayNode().add(text()).add(text());
            default -> deep();
        };
    }

    /// A value that is not of a kind, however kindly it is read.
    JsonNode unlike(String type) {
        boolean first = random.nextBoolean();
        return switch (type) {
            case "string" ->
                first
                        ? JSON.createObjectNode().put("a", 1)
                        : JSON.createArrayNode().add(1);
            case "array" -> first ? JSON.createObjectNode().put("a", 1) : TextNode.valueOf("x");
            default -> first ? JSON.createArrayNode().add("x") : TextNode.valueOf("x");
        };
    }

    private static JsonNode deep() {
        ObjectNode value = JSON.createObjectNode();
        for (int level = 0; level < 500; level++) {
            value = JSON.createObjectNode().set("a", value);
        }
        return value;
    }
}
