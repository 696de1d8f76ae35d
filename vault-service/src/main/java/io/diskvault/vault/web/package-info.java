/// Backup vaults over REST.
@NullMarked
package io.diskvault.vault.web;

import org.jspecify.annotations.NullMarked;
