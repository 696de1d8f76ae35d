/// What can be asked about restore tests.
@NullMarked
package io.diskvault.restoretest.view;

import org.jspecify.annotations.NullMarked;
