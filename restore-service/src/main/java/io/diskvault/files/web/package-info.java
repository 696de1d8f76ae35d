/// Files out of recovery points, over REST.
@NullMarked
package io.diskvault.files.web;

import org.jspecify.annotations.NullMarked;
