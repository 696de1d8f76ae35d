/// The live stream: what happens, told to whoever listens, as server-sent events.
///
/// A **position** is a place in the global order of events, with the places before it that were empty when it was
/// passed and may be filled by a transaction that was still going on. Each event that is told has the position up to
/// which the listener has been told everything; from there he can go on after whatever has cut him off. What is told
/// of a thing is its state in the projections, and only once they have seen the event, so states may be skipped and
/// the last never is.
@NullMarked
package io.diskvault.stream;

import org.jspecify.annotations.NullMarked;
