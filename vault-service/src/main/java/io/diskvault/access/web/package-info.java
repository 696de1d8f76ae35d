/// API tokens over REST.
@NullMarked
package io.diskvault.access.web;

import org.jspecify.annotations.NullMarked;
