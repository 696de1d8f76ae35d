/// The one program: `main`, the command line, and the server that it starts inside itself.
///
/// Three kinds of commands share one tree. `serve` and `quickstart` are the server. `datastore` works on a directory
/// with the engine alone, so that a backup can be read where no server runs any more. All others are clients: they know
/// the REST contract and none of the server's classes, so that they work against another version, or another machine,
/// too.
@NullMarked
package io.diskvault.app;

import org.jspecify.annotations.NullMarked;
