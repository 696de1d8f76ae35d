/// What can be asked about resource guards and approval requests.
@NullMarked
package io.diskvault.guard.view;

import org.jspecify.annotations.NullMarked;
