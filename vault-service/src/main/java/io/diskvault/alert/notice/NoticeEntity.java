package io.diskvault.alert.notice;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/// Stands for the table.
@MappedEntity("alert_notice")
record NoticeEntity(@Id String id) {}
