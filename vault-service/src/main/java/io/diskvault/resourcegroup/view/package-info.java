/// What can be asked about resource groups.
@NullMarked
package io.diskvault.resourcegroup.view;

import org.jspecify.annotations.NullMarked;
