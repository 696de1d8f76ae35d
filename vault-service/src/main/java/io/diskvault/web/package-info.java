/// What every endpoint shares: problems (RFC 9457), lists with cursors, waiting until an accepted change can be read.
@NullMarked
package io.diskvault.web;

import org.jspecify.annotations.NullMarked;
