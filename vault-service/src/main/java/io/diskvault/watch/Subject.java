package io.diskvault.watch;

import io.diskvault.instance.InstanceId;
import io.diskvault.job.JobOrder;

/// What alerts are about, as text.
final class Subject {
    private Subject() {}

    /// The instance that a job is for.
    static String of(JobOrder order) {
        return new InstanceId(order.vault(), order.instance()).path();
    }

    /// One recovery point of an instance.
    static String of(String instance, String point) {
        return instance + " " + point;
    }
}
