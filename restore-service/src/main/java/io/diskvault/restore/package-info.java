/// Restores: a recovery point becomes a new disk in a target resource group.
///
/// The new disk's file appears complete under its name or not at all, and an existing file is never touched. A restore
/// that was killed at any point is finished by the next attempt, which finds out from the files and from the disk's
/// registration how far the one before came.
@NullMarked
package io.diskvault.restore;

import org.jspecify.annotations.NullMarked;
