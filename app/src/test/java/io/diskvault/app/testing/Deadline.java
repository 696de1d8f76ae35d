package io.diskvault.app.testing;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/// Waits for something that another process does.
public final class Deadline {
    private static final Duration INTERVAL = Duration.ofMillis(20);

    private Deadline() {}

    /// What the question answers as soon as it has an answer.
    public static <T> T within(Duration limit, String what, Callable<Optional<T>> question) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<T> answer = ask(question);
            if (answer.isPresent()) return answer.get();
            if (System.nanoTime() > end) throw new AssertionError("not within " + limit + ": " + what);
            LockSupport.parkNanos(INTERVAL.toNanos());
        }
    }

    private static <T> Optional<T> ask(Callable<Optional<T>> question) {
        try {
            return question.call();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }
}
