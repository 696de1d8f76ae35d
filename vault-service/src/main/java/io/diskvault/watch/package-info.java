/// What alerts are raised about: events that say that something went wrong, and conditions that time brings about.
///
/// It decides nothing else. An event is told once; a replay of projections tells nothing.
@NullMarked
package io.diskvault.watch;

import org.jspecify.annotations.NullMarked;
