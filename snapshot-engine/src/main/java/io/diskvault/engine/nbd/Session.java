package io.diskvault.engine.nbd;

/// What a handshake has led to.
///
/// @param structured whether the client takes answers in parts, with holes and with reasons for errors
/// @param blockStatus whether it may ask where data is
record Session(Export export, boolean structured, boolean blockStatus) {

    /// What a client is told of an export.
    static short flags(Export export, boolean structured) {
        int flags = Nbd.FLAG_HAS_FLAGS | Nbd.FLAG_CAN_MULTI_CONN;
        flags |= export.disk() instanceof WritableDisk
                ? Nbd.FLAG_SEND_FLUSH | Nbd.FLAG_SEND_FUA | Nbd.FLAG_SEND_TRIM | Nbd.FLAG_SEND_WRITE_ZEROES
                : Nbd.FLAG_READ_ONLY;
        return (short) (structured ? flags | Nbd.FLAG_SEND_DF : flags);
    }
}
