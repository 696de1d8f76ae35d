/// What can be asked about exports.
@NullMarked
package io.diskvault.export.view;

import org.jspecify.annotations.NullMarked;
