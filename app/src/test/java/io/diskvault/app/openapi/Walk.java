package io.diskvault.app.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.diskvault.testing.Protected;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;

/// Sends every operation what its description asks for, what that forbids, and what somebody malicious would, and
/// collects what is wrong with the answers.
final class Walk {
    /// What a refusal may leave behind.
    private static final String ASKED_FOR_APPROVAL = "UserErrorResourceGuardApprovalRequired";

    /// What cannot be had in so short a time, or not on every machine; other tests show that it works. It is walked
    /// all the same. The reader of files may be missing, nothing was written to an export, and no job runs for
    /// long.
    static final Set<String> NOT_HERE =
            Set.of("pointFilesGet", "pointFilesList", "pointFilesVolumes", "exportKeep", "jobCancel");

    private final Fixture fixture;
    private final TestServer server;
    private final AnswerCheck check;
    private final List<Operation> operations;
    private final List<String> wrong = new ArrayList<>();
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final Set<String> succeeded = new HashSet<>();
    private final Map<String, Probe> refused = new HashMap<>();
    private int sent;

    Walk(Fixture fixture, List<Operation> operations) {
        this.fixture = fixture;
        this.server = fixture.server();
        this.operations =
                operations.stream().sorted(Comparator.comparingInt(Walk::turn)).toList();
        this.check = new AnswerCheck(operations.getFirst().document());
    }

    /// Reading first; what removes things last, from the inside out.
    private static int turn(Operation operation) {
        int depth = operation.path().split("/", -1).length;
        return switch (operation.verb()) {
            case "GET", "HEAD" -> 0;
            case "PUT" -> 100 + depth;
            case "POST" ->
                switch (operation.id()) {
                    case "instanceLifeStop" -> 300;
                    case "instanceLifeResume" -> 301;
                    case "deletedInstanceUndelete" -> 1_001;
                    default -> 200 + depth;
                };
            default ->
                switch (operation.id()) {
                    case "instanceDelete" -> 1_000;
                    default -> 1_100 - depth;
                };
        };
    }

    void sendWhatIsWrong(Hostile hostile) {
        for (Operation operation : operations) {
            Probe.others(operation, fixture, hostile).forEach(this::send);
        }
    }

    void sendTheExamples() {
        operations.forEach(operation -> send(Probe.good(operation, fixture)));
    }

    List<String> wrong() {
        return wrong;
    }

    /// How many answers there were of each kind.
    Map<String, Integer> outcomes() {
        return outcomes;
    }

    /// Those that never did what they are for.
    List<String> withoutSuccess() {
        return operations.stream()
                .map(Operation::id)
                .filter(id -> !succeeded.contains(id) && !NOT_HERE.contains(id))
                .toList();
    }

    private void send(Probe probe) {
        String request = "walk-" + ++sent;
        HttpRequest.Builder http = HttpRequest.newBuilder(URI.create(server.url() + probe.path()))
                .header("X-Request-Id", request)
                .method(
                        probe.operation().verb(),
                        probe.body()
                                .map(text -> BodyPublishers.ofString(text, UTF_8))
                                .orElseGet(BodyPublishers::noBody));
        probe.headers().forEach(http::header);
        Answer answer = TestServer.send(http.build());
        outcomes.merge(answer.status() / 100 + "xx", 1, Integer::sum);
        judge(probe, request, answer);
        String location = answer.header("location");
        if (answer.status() == 202 && location.contains("/backup-jobs/")) {
            Protected.await(server, location);
        }
    }

    private void judge(Probe probe, String request, Answer answer) {
        String what = "%s -> %d %s"
                .formatted(probe, answer.status(), Probe.shown(answer.body().toString()));
        boolean success = answer.status() < 400;
        if (answer.status() >= 500) {
            wrong.add("it fails: " + what);
        } else if (success && probe.expected() == Probe.Expected.REFUSAL) {
            wrong.add("it should be refused: " + what);
        } else if (!success && probe.expected() == Probe.Expected.SUCCESS) {
            wrong.add("it should be possible: " + what);
        }
        if (success) {
            succeeded.add(probe.operation().id());
        } else if (!answer.code().equals(ASKED_FOR_APPROVAL)) {
            refused.put(request, probe);
        }
        if (!probe.operation().verb().equals("HEAD")) {
            String mistake =
                    check.wrong(probe.operation(), answer.status(), answer.header("content-type"), answer.body());
            if (!mistake.isEmpty()) {
                wrong.add(mistake + ": " + what);
            }
        }
        if (answer.body().toString().matches("(?s).*\\b(java|io|com|org)\\.[a-z]+\\.[A-Za-z.$]+.*")) {
            wrong.add("it speaks of classes: " + what);
        }
    }

    /// Finds the events that a refused request caused, by the id of the request.
    void readTheHistory() {
        EventStore events = server.part(EventStore.class);
        try (BlockingStream<TrackedEventMessage<?>> stream = events.openStream(events.createTailToken())) {
            while (stream.hasNextAvailable(0, TimeUnit.MILLISECONDS)) {
                TrackedEventMessage<?> event = stream.nextAvailable();
                Probe probe = refused.get(String.valueOf(event.getMetaData().get("request")));
                if (probe != null) {
                    wrong.add(
                            "refused, and there is a " + event.getPayloadType().getSimpleName() + " of " + probe);
                }
            }
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }
}
