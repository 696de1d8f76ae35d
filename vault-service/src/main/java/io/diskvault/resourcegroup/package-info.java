/// Resource groups: named scopes for disks and snapshots. A group has a directory where disks live, a datastore where
/// snapshots go, or both; no file outside of them is opened for it.
@NullMarked
package io.diskvault.resourcegroup;

import org.jspecify.annotations.NullMarked;
