/// Disks: registered datasources. A disk is a file or block device inside its resource group's directory, under a name
/// of its own; made anew under the same name it gets another unique id and starts a new chain.
@NullMarked
package io.diskvault.disk;

import org.jspecify.annotations.NullMarked;
