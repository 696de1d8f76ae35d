/// Image files: a disk in some format.
///
/// An *image* is a file that holds a disk. Its *format* says how, and is declared by whoever knows it. Opened, it is
/// a source like any other, whose size is the disk's and not the file's.
@NullMarked
package io.diskvault.engine.image;

import org.jspecify.annotations.NullMarked;
