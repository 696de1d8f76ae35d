/// Disks over REST.
@NullMarked
package io.diskvault.disk.web;

import org.jspecify.annotations.NullMarked;
