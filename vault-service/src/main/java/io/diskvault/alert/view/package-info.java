/// The table of alerts.
@NullMarked
package io.diskvault.alert.view;

import org.jspecify.annotations.NullMarked;
