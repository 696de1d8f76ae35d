/// What `/metrics` shows, in the text format of Prometheus.
///
/// What happens is counted by this process as it is committed: each event on the node that wrote it, so that a sum over
/// the nodes counts it once. What there is (queued jobs, the age of recovery points) is asked of the database at most
/// every few seconds, and every node says the same.
@NullMarked
package io.diskvault.metrics;

import org.jspecify.annotations.NullMarked;
