/// The few calls of the operating system that the JDK does not offer: finding holes, opening a file below a directory
/// without being led out of it, renaming without replacing, locks, holes and advice.
///
/// A *descriptor* is an open file of the operating system. All calls may overlap; a descriptor belongs to one owner.
@NullMarked
package io.diskvault.engine.posix;

import org.jspecify.annotations.NullMarked;
