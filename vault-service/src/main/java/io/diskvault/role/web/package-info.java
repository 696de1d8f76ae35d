/// Tokens and role assignments over REST.
@NullMarked
package io.diskvault.role.web;

import org.jspecify.annotations.NullMarked;
