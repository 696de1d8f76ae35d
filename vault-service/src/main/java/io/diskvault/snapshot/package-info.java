/// The snapshot engine inside the server: which datastores are open, and with which key.
@NullMarked
package io.diskvault.snapshot;

import org.jspecify.annotations.NullMarked;
