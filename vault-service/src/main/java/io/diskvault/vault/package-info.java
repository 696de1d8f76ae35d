/// Backup vaults: the thing people open. A vault holds policies and instances and has an identity of its own.
@NullMarked
package io.diskvault.vault;

import org.jspecify.annotations.NullMarked;
