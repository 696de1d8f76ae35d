package io.diskvault.engine.datastore;

/// One way into a datastore: its data key, sealed with one key file or one passphrase.
///
/// @param id sixteen hexadecimal digits, made with it
/// @param kind what opens it
/// @param label what people call it; empty when it was given none
public record SealedKey(String id, Kind kind, String label) {

    /// What opens a sealed key.
    public enum Kind {
        KEY_FILE,
        PASSPHRASE
    }
}
