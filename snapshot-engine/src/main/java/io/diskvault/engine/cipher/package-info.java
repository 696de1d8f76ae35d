/// Where the engine's ciphers come from: one choice for all that encrypts, names or takes fingerprints.
@NullMarked
package io.diskvault.engine.cipher;

import org.jspecify.annotations.NullMarked;
