/// What recovery points take, over REST.
@NullMarked
package io.diskvault.storage.web;

import org.jspecify.annotations.NullMarked;
