/// What can be asked about disks.
@NullMarked
package io.diskvault.disk.view;

import org.jspecify.annotations.NullMarked;
