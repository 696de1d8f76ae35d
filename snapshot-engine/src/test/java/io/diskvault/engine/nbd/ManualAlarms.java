package io.diskvault.engine.nbd;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Alarms whose time is up when a test says so.
final class ManualAlarms implements Alarms {

    /// One alarm; like no other, even if it is set for the same.
    private static final class Due {
        private final Duration delay;
        private final Runnable action;

        private Due(Duration delay, Runnable action) {
            this.delay = delay;
            this.action = action;
        }
    }

    private final List<Due> pending = new ArrayList<>();

    @Override
    public synchronized Alarm in(Duration delay, Runnable action) {
        Due set = new Due(delay, action);
        pending.add(set);
        notifyAll();
        return () -> cancel(set);
    }

    private synchronized void cancel(Due set) {
        pending.remove(set);
    }

    /// Waits until an alarm of this delay is set, and goes off.
    void goOff(Duration delay) throws InterruptedException {
        next(delay).action.run();
    }

    private synchronized Due next(Duration delay) throws InterruptedException {
        while (true) {
            for (Due set : pending) {
                if (set.delay.equals(delay)) {
                    cancel(set);
                    return set;
                }
            }
            wait();
        }
    }

    synchronized boolean isSet(Duration delay) {
        return pending.stream().anyMatch(set -> set.delay.equals(delay));
    }

    synchronized int count() {
        return pending.size();
    }

    @Override
    public void close() {}
}
