/// Exports over REST.
@NullMarked
package io.diskvault.export.web;

import org.jspecify.annotations.NullMarked;
