/// What can be asked about API tokens.
@NullMarked
package io.diskvault.access.view;

import org.jspecify.annotations.NullMarked;
