/// The overview over REST.
@NullMarked
package io.diskvault.overview.web;

import org.jspecify.annotations.NullMarked;
