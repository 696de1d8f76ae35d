/// What all files of a datastore have in common, so that a damaged file, one of a later program and one of an earlier
/// program are always told apart.
///
/// A *header* is the first sixteen bytes of every binary file: eight bytes that name the kind, the *format version*,
/// and a
/// checksum of these twelve. It stays like this in every version to come. All numbers are big-endian, so that bytes
/// and numbers sort alike. A *checksum* is CRC-32C unless it says SHA-256: it finds damage, not forgery; forgery is
/// found by the authenticated encryption of what lies inside.
@NullMarked
package io.diskvault.engine.format;

import org.jspecify.annotations.NullMarked;
