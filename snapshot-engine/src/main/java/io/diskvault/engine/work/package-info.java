/// Doing many steps at once on few threads, with results in order.
///
/// A *pipeline* has one *owner*, the thread that submits steps and takes results, and *workers* that run the steps,
/// each with a *context* of its own (buffers, ciphers) that never meets another thread.
///
/// Work whose size is not known when it begins tells how far it is in *stages*.
@NullMarked
package io.diskvault.engine.work;

import org.jspecify.annotations.NullMarked;
