/// The description of the REST interface (`docs/openapi.yaml`): made from the routes of the running server, the records
/// that they take and give, the comments of the sources and what the methods can lead to; and a walk over it, which
/// proves that the server does what it says, whatever it is sent.
@NullMarked
package io.diskvault.app.openapi;

import org.jspecify.annotations.NullMarked;
