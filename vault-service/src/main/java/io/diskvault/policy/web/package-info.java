/// Backup policies over REST.
@NullMarked
package io.diskvault.policy.web;

import org.jspecify.annotations.NullMarked;
