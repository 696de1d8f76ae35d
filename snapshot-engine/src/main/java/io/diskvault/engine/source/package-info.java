/// Where disks are read from.
///
/// A *source* is a disk as it is being read: a raw image file, sparse or not, or a block device. An *extent* is a
/// stretch of it that holds data; between extents there are *holes*, which read as zeros and are never read. Reads
/// may overlap; asking for extents may overlap with them.
@NullMarked
package io.diskvault.engine.source;

import org.jspecify.annotations.NullMarked;
