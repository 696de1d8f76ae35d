/// What can be asked about slots and the times without a recovery point.
@NullMarked
package io.diskvault.slot.view;

import org.jspecify.annotations.NullMarked;
