/// What can be asked about backup instances and recovery points.
@NullMarked
package io.diskvault.instance.view;

import org.jspecify.annotations.NullMarked;
