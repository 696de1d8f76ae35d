/// The keys of a datastore and what is derived from them.
///
/// The *data key* is random and belongs to one datastore for ever. It is kept in `keys/`, *sealed* with a key that
/// comes from a key file or, by Argon2id, from a passphrase; once for each, so that they can be added and changed
/// without rewriting data. From the data key come, by HKDF-SHA-256 with labels of their own: the *chunk id key*,
/// one AES-256 key per pack, and one per recovery-point record. No key ever encrypts two things under one nonce: a
/// pack's key is derived from its random id and the nonce is the place in the pack; a record's key is derived from
/// its random salt.
///
/// Everything here is immutable or belongs to one thread.
@NullMarked
package io.diskvault.engine.key;

import org.jspecify.annotations.NullMarked;
