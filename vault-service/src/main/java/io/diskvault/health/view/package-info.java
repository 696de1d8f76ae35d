/// What is kept of every instance to tell how it is.
@NullMarked
package io.diskvault.health.view;

import org.jspecify.annotations.NullMarked;
