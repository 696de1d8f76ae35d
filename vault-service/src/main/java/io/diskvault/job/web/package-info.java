/// Jobs over REST.
@NullMarked
package io.diskvault.job.web;

import org.jspecify.annotations.NullMarked;
