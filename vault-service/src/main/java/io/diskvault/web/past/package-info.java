/// Answers about the past (`asOf=`): the same projections fill tables of their own from the events up to an instant,
/// and the same controllers read them.
@NullMarked
package io.diskvault.web.past;

import org.jspecify.annotations.NullMarked;
