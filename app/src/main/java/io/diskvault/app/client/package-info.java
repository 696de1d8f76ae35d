/// A client of the server's REST interface: requests, their refusals in people's words, and waiting for jobs.
@NullMarked
package io.diskvault.app.client;

import org.jspecify.annotations.NullMarked;
