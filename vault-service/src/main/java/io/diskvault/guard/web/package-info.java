/// Resource guards and approval requests over REST.
@NullMarked
package io.diskvault.guard.web;

import org.jspecify.annotations.NullMarked;
