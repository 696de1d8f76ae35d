/// What features tell about their things to those who look at them all the time.
@NullMarked
package io.diskvault.web.live;

import org.jspecify.annotations.NullMarked;
