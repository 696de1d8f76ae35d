/// Who may talk to the server: API tokens, shown once and kept as hashes.
@NullMarked
package io.diskvault.access;

import org.jspecify.annotations.NullMarked;
