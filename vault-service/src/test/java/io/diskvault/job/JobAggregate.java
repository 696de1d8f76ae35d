package io.diskvault.job;

/// Shows the aggregate to tests that wire it themselves.
public final class JobAggregate {
    private JobAggregate() {}

    public static Class<?> type() {
        return Job.class;
    }
}
