package io.diskvault.guard.view;

import io.diskvault.guard.CriticalOperation;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/// One resource guard.
///
/// @param operations their names, with commas between
@MappedEntity("resource_guard")
public record GuardRow(@Id String name, String operations, Instant createdAt) {
    static GuardRow of(String name, Collection<CriticalOperation> operations, Instant createdAt) {
        return new GuardRow(
                name,
                operations.stream().sorted().map(CriticalOperation::text).collect(Collectors.joining(",")),
                createdAt);
    }

    public List<String> operationNames() {
        return Arrays.asList(operations.split(","));
    }
}
