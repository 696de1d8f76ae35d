/// What can be asked about backup policies.
@NullMarked
package io.diskvault.policy.view;

import org.jspecify.annotations.NullMarked;
