package io.diskvault.disk;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.Quoted;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What kind of storage a disk stands on, in Azure's words. It is told to people and changes nothing else yet.
public enum DiskType {
    STANDARD_HDD("StandardHdd"),
    STANDARD_SSD("StandardSsd"),
    PREMIUM_SSD("PremiumSsd");

    private final String text;

    DiskType(String text) {
        this.text = text;
    }

    /// As callers write it.
    public String text() {
        return text;
    }

    /// Reads what a caller wrote; nothing means `StandardHdd`.
    public static DiskType parse(@Nullable String text) {
        if (text == null) {
            return STANDARD_HDD;
        }
        return Arrays.stream(values())
                .filter(type -> type.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new CommandRejected(
                        DiskRejection.DISK_TYPE_NOT_SUPPORTED,
                        "type is %s; %s are allowed."
                                .formatted(
                                        Quoted.of(text),
                                        Arrays.stream(values())
                                                .map(DiskType::text)
                                                .collect(Collectors.joining(", ")))));
    }
}
