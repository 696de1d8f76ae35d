/// From nothing to a protected disk in one command, through the same REST interface that everybody uses.
@NullMarked
package io.diskvault.app.quickstart;

import org.jspecify.annotations.NullMarked;
