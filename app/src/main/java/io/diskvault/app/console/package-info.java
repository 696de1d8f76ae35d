/// What a person or a script sees: results on standard output, everything else on standard error.
@NullMarked
package io.diskvault.app.console;

import org.jspecify.annotations.NullMarked;
