/// What can be asked about backup vaults.
@NullMarked
package io.diskvault.vault.view;

import org.jspecify.annotations.NullMarked;
