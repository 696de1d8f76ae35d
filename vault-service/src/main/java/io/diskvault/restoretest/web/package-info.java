/// Restore tests over REST.
@NullMarked
package io.diskvault.restoretest.web;

import org.jspecify.annotations.NullMarked;
