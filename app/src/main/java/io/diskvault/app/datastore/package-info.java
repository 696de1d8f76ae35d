/// `diskvault datastore`: the engine alone. What these commands need is a directory and its key file, so a backup can
/// be made and read back where there is no server, no database and no network.
@NullMarked
package io.diskvault.app.datastore;

import org.jspecify.annotations.NullMarked;
