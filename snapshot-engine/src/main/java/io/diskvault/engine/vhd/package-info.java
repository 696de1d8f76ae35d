/// The fixed VHD format: the bytes of a disk, and a footer behind them.
@NullMarked
package io.diskvault.engine.vhd;

import org.jspecify.annotations.NullMarked;
