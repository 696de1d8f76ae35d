package io.diskvault.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Server-sent events as they are written.
final class EventText {
    /// How long a browser waits before it comes back.
    private static final int RETRY_MILLIS = 2000;

    private final StringBuilder text = new StringBuilder();

    /// What is said first, so that the listener knows that he is heard.
    EventText hello(Position position) {
        text.append("retry: ").append(RETRY_MILLIS).append('\n');
        return alive(position);
    }

    /// Says nothing but that the connection is there, and up to where nothing concerned the listener.
    EventText alive(Position position) {
        text.append(": alive\nid: ").append(position.text()).append("\n\n");
        return this;
    }

    /// @param json on one line
    EventText event(String name, Position position, String json) {
        text.append("id: ").append(position.text()).append('\n');
        return event(name, json);
    }

    /// One that nobody can go on from.
    EventText event(String name, String json) {
        text.append("event: ").append(name).append("\ndata: ").append(json).append("\n\n");
        return this;
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    byte[] bytes() {
        return text.toString().getBytes(UTF_8);
    }
}
