/// Which commands are critical operations, and the one place where they are held up: on their way to whoever handles
/// them, by whatever road they come.
@NullMarked
package io.diskvault.critical;

import org.jspecify.annotations.NullMarked;
