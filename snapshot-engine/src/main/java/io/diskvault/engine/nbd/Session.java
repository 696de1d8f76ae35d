package io.diskvault.engine.nbd;

/// What a handshake has led to.
///
/// @param structured whether the client takes answers in parts, with holes and with reasons for errors
/// @param blockStatus whether it may ask where data is
record Session(Export export, boolean structured, boolean blockStatus) {

    /// What a client is told of an export.
    static short flags(boolean structured) {
        int flags = Nbd.FLAG_HAS_FLAGS | Nbd.FLAG_READ_ONLY | Nbd.FLAG_CAN_MULTI_CONN;
        return (short) (structured ? flags | Nbd.FLAG_SEND_DF : flags);
    }
}
