/// Links over REST, and the downloads that they are for.
@NullMarked
package io.diskvault.link.web;

import org.jspecify.annotations.NullMarked;
