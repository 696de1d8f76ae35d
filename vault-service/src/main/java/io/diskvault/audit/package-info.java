/// A history that cannot be rewritten unnoticed: every stored event is a link of a chain of hashes, whose head is
/// signed from time to time and written where the backups are. See docs/audit-format.md and ADR 12.
///
/// - **Link**: one event's place in the chain, and the hash over the event and the hash before it.
/// - **Checkpoint**: how long the chain was at an instant and the hash it had, signed.
/// - **Finding**: a place where events, chain and checkpoints do not fit.
@NullMarked
package io.diskvault.audit;

import org.jspecify.annotations.NullMarked;
