/// All vaults at once: what is protected, what ran, what is wrong, what it takes.
@NullMarked
package io.diskvault.overview;

import org.jspecify.annotations.NullMarked;
