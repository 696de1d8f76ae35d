/// What stands in front of every endpoint: limits on what a request may be and how long it may take, and what browsers
/// are told about every answer.
@NullMarked
package io.diskvault.web.guard;

import org.jspecify.annotations.NullMarked;
