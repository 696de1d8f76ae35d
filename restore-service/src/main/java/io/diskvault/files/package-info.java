/// Files out of recovery points: which file systems a point holds, what is in their folders, and single files and
/// folders of them to take away, without the point being restored or mounted.
///
/// A **volume** is a partition, or the whole disk where there are none. A **reader** is a process of its own that
/// knows the file systems (Python with pytsk3, the bindings of The Sleuth Kit). What is in a disk was written by
/// anybody, so the reader has no files, sockets or rights: it asks its parent for bytes of the disk over a pipe,
/// and its answers are not believed but parsed. Names from inside are shown and compared, and never used as names
/// out here.
///
/// A recovery point stays open, with its reader, for some time after the last request, and is then given back.
@NullMarked
package io.diskvault.files;

import org.jspecify.annotations.NullMarked;
