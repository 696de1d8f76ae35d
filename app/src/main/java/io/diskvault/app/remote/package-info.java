/// The commands that talk to a server: one class for each word of the REST contract, one method for each verb.
@NullMarked
package io.diskvault.app.remote;

import org.jspecify.annotations.NullMarked;
