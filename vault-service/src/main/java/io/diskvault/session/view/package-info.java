/// The table of sessions.
@NullMarked
package io.diskvault.session.view;

import org.jspecify.annotations.NullMarked;
