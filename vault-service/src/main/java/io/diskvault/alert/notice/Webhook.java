package io.diskvault.alert.notice;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// A program that is told of every change, one after the other, as signed JSON. Redirections are not followed: the
/// operator has said where to, and nobody else.
@Singleton
final class Webhook implements Receiver {
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(15);

    private final WebhookSettings settings;
    private final Clock clock;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT_MAX)
            .followRedirects(Redirect.NEVER)
            .build();

    Webhook(WebhookSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String channel() {
        return "webhook";
    }

    @Override
    public boolean isThere() {
        return settings.isSet();
    }

    @Override
    public boolean wants(Change change) {
        return true;
    }

    @Override
    public int mostAtOnce() {
        return 1;
    }

    @Override
    public void tell(List<Notice> notices) throws IOException {
        for (Notice notice : notices) {
            int status = post(notice);
            if (status >= 300) {
                String answer = "%s answered %d".formatted(settings.address().getHost(), status);
                boolean never = status >= 400 && status < 500 && status != 408 && status != 425 && status != 429;
                throw never && status != 401 && status != 403 && status != 404
                        ? new RefusedException(answer)
                        : new IOException(answer);
            }
        }
    }

    private int post(Notice notice) throws IOException {
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        HttpRequest request = HttpRequest.newBuilder(settings.address())
                .timeout(ANSWER_MAX)
                .header("Content-Type", "application/json")
                .header("User-Agent", "Diskvault")
                .header("Diskvault-Event", notice.change().text())
                .header(
                        "Diskvault-Delivery",
                        notice.id().substring(0, notice.id().indexOf(' ')))
                .header("Diskvault-Timestamp", timestamp)
                .header("Diskvault-Signature", Signature.of(settings.secret(), timestamp, notice.json()))
                .POST(BodyPublishers.ofString(notice.json()))
                .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IOException("the server is stopping", stopping);
        }
    }

    @PreDestroy
    void close() {
        client.shutdownNow();
    }
}
