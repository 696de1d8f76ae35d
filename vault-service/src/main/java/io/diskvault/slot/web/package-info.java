/// Slots and recovery point gaps over REST.
@NullMarked
package io.diskvault.slot.web;

import org.jspecify.annotations.NullMarked;
