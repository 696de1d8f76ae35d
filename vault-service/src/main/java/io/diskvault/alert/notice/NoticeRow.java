package io.diskvault.alert.notice;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;

/// Something that is to be told.
///
/// @param id of the event, and the channel
/// @param change the text of a [Change]
/// @param body the alert after it, as JSON
@Introspected
record NoticeRow(
        String id, String channel, String alertId, String change, String body, Instant createdAt, int attempts) {}
