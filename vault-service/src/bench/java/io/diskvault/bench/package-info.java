/// The numbers of the backup centre. None of it is part of the program.
@NullMarked
package io.diskvault.bench;

import org.jspecify.annotations.NullMarked;
