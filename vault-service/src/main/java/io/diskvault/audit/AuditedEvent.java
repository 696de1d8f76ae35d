package io.diskvault.audit;

import org.jspecify.annotations.Nullable;

/// An event as the database has it, byte for byte.
@SuppressWarnings("ArrayRecordComponent") // read once, hashed or written, and never compared
record AuditedEvent(
        long globalIndex,
        @Nullable String type,
        String stream,
        long sequenceNumber,
        String id,
        String timestamp,
        String payloadType,
        @Nullable String revision,
        byte[] payload,
        byte @Nullable [] metadata) {}
