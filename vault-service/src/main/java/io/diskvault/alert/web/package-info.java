/// Alerts over REST.
@NullMarked
package io.diskvault.alert.web;

import org.jspecify.annotations.NullMarked;
