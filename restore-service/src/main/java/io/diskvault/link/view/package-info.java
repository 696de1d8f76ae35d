/// What can be asked about links.
@NullMarked
package io.diskvault.link.view;

import org.jspecify.annotations.NullMarked;
