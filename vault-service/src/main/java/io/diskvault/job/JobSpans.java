package io.diskvault.job;

import io.diskvault.job.JobCommand.FailJob;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One span for each attempt of a job, with what structured logs say of it; nothing unless traces are collected.
@Singleton
final class JobSpans {
    private final Tracer tracer;

    JobSpans(@Nullable OpenTelemetry telemetry) {
        this.tracer = (telemetry == null ? OpenTelemetry.noop() : telemetry).getTracer("io.diskvault.job");
    }

    /// @param work says how the attempt ended
    Optional<JobCommand> during(JobRun run, Supplier<Optional<JobCommand>> work) {
        JobOrder order = run.order();
        Span span = tracer.spanBuilder(order.operation().text())
                .setAttribute("job", run.job().text())
                .setAttribute("instance", order.vault() + "/" + order.instance())
                .setAttribute("attempt", run.attempt())
                .startSpan();
        try (Scope _ = span.makeCurrent()) {
            Optional<JobCommand> end = work.get();
            if (end.isPresent() && end.get() instanceof FailJob failed) {
                span.setStatus(StatusCode.ERROR, failed.error().code());
            }
            return end;
        } finally {
            span.end();
        }
    }
}
