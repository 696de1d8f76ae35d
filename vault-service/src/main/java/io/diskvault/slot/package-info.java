/// The ledger of slots: what became of every scheduled instant of every instance, and the times without a recovery
/// point.
///
/// An instance's events say what was decided about a slot, its job's events how that ended; the ledger brings them
/// together. A slot is in exactly one [SlotState]. It decides nothing.
@NullMarked
package io.diskvault.slot;

import org.jspecify.annotations.NullMarked;
