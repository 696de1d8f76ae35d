/// What every feature shares: how a command is refused, how it is sent, and the names that people give to things.
@NullMarked
package io.diskvault.command;

import org.jspecify.annotations.NullMarked;
