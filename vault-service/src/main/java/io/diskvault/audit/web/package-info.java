/// The audit over REST.
@NullMarked
package io.diskvault.audit.web;

import org.jspecify.annotations.NullMarked;
