/// Restores over REST.
@NullMarked
package io.diskvault.restore.web;

import org.jspecify.annotations.NullMarked;
