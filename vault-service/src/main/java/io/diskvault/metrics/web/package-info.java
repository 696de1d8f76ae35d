/// Metrics over HTTP.
@NullMarked
package io.diskvault.metrics.web;

import org.jspecify.annotations.NullMarked;
