/// Links: whoever has one can read one recovery point for a time, without any other right.
///
/// A **link** is made by somebody with the permission to export, is bound to one recovery point, and opens by a secret
/// that is shown once; a hash of it is stored. It ends when its time is over, when it is revoked, when its maker may
/// not export any more, and with its recovery point. It does not keep the point: only a **transfer** that runs keeps
/// what it reads, by the engine's lease. Its **uses** are in the history under its own name, `link:ID`.
@NullMarked
package io.diskvault.link;

import org.jspecify.annotations.NullMarked;
