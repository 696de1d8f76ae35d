/// The server inside this process: its data directory, its start, and its stop.
@NullMarked
package io.diskvault.app.server;

import org.jspecify.annotations.NullMarked;
