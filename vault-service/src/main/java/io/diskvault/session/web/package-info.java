/// Signing in and out over REST.
@NullMarked
package io.diskvault.session.web;

import org.jspecify.annotations.NullMarked;
