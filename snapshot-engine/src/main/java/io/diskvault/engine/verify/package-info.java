/// Verifying: is everything still there that recovery points need, and is it what was stored?
@NullMarked
package io.diskvault.engine.verify;

import org.jspecify.annotations.NullMarked;
