/// Benchmarks of the engine. `bench/stages.sh` and `bench/share.sh` say how they are run and what they print.
@NullMarked
package io.diskvault.engine.bench;

import org.jspecify.annotations.NullMarked;
