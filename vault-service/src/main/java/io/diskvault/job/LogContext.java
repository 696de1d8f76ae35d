package io.diskvault.job;

import org.slf4j.MDC;

/// What a structured log says of a job with each line that the thread writes which works on it.
final class LogContext {
    private LogContext() {}

    static void during(JobRun run, Runnable work) {
        JobOrder order = run.order();
        MDC.put("job", run.job().text());
        MDC.put("operation", order.operation().text());
        MDC.put("instance", order.vault() + "/" + order.instance());
        MDC.put("attempt", String.valueOf(run.attempt()));
        try {
            work.run();
        } finally {
            MDC.clear();
        }
    }
}
