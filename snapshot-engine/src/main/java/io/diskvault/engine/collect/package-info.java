/// Collecting: giving back the space of chunks that no recovery point needs any more.
///
/// A *mark* finds the *live* chunks: those that the manifests of all recovery points lead to, and of those that
/// somebody is just reading. It takes two bits for each entry of the index and some 40 bytes for each pack, however
/// large the disks are. From it a *plan* says which packs are to go: those that are *dead* as a whole, and those of
/// which so much is dead that rewriting the rest is worth it. They are *condemned* by the next epoch. A *sweep* of an
/// epoch, when nobody is left who does not know it, marks again, copies what lives in condemned packs, and deletes
/// them.
///
/// What may overlap, and why that is safe, is said in `io.diskvault.engine.lease` and argued in ADR 5. Collectors
/// keep one more rule among themselves: one that sees another's lease gives up. So there is at most one that
/// deletes, and it may take packs off the list again that have come to life. Cut off anywhere, a collection leaves
/// files that nothing refers to, and the next one goes on where it was.
@NullMarked
package io.diskvault.engine.collect;

import org.jspecify.annotations.NullMarked;
