/// What can be asked about storage.
@NullMarked
package io.diskvault.storage.view;

import org.jspecify.annotations.NullMarked;
