/// The one small interface through which the engine changes files, and its implementation on a local file system.
///
/// A *directory* is the place where a datastore (or a restored disk) lives; *names* in it are relative, with `/`
/// between
/// parts. Files are written once under a temporary name, *synced*, and then *published*: given their lasting name,
/// which
/// never replaces another file. What was written is durable after [OutputFile#sync()]; a name is durable after
/// [Directory#syncDirectory(String)] of every directory above it. Nothing else is promised after a power cut.
///
/// Only a *locked* file is ever read and changed again by its owner: an *existing file*, for a restore in place.
///
/// Operations may overlap. So may writes to one output file, in different places; its length is set before and it is
/// synced and closed after all of them.
@NullMarked
package io.diskvault.engine.storage;

import org.jspecify.annotations.NullMarked;
