/// What can be said about the history without the server, which may be what is not trusted.
@NullMarked
package io.diskvault.app.audit;

import org.jspecify.annotations.NullMarked;
