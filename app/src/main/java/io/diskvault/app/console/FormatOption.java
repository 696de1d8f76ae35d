package io.diskvault.app.console;

import io.diskvault.engine.source.DiskFormat;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// How a disk lies in its file.
public final class FormatOption {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = Converter.class,
            description =
                    "raw, vhd, vhd-fixed, qcow2, vmdk, vhdx or vdi; what the file's name ends in if not given, otherwise raw.")
    private Optional<DiskFormat> format = Optional.empty();

    public Optional<DiskFormat> given() {
        return format;
    }

    /// What was given, or else what a file's name says.
    public DiskFormat orOf(String fileName) {
        return format.orElseGet(() -> DiskFormat.ofFileName(fileName));
    }

    /// One of [DiskFormat].
    public static final class Converter implements ITypeConverter<DiskFormat> {
        @Override
        public DiskFormat convert(String text) {
            return DiskFormat.of(text)
                    .orElseThrow(() -> new TypeConversionException("one of " + DiskFormat.choices() + ", not " + text));
        }
    }
}
