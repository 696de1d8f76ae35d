package io.diskvault.app.datastore;

import io.diskvault.engine.datastore.ChunkSize;
import io.diskvault.engine.datastore.RecoveryPointId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Turns what people write into what the engine takes.
final class EngineArguments {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd't'HHmmss").withZone(ZoneOffset.UTC);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SOURCE_ID_BYTES_MAX = 1000;

    private EngineArguments() {}

    /// A name for a new recovery point that tells its time and is never given twice.
    static RecoveryPointId newPoint(Instant now) {
        byte[] unique = new byte[4];
        RANDOM.nextBytes(unique);
        return new RecoveryPointId(TIME.format(now) + "-" + HexFormat.of().formatHex(unique));
    }

    /// Which disk a path stands for, so that a backup knows which earlier one to compare with.
    ///
    /// It is the path and not the number of the file: tools that convert, resize or copy an image put a new file in
    /// its place, whose content is mostly the same, and the comparison should go on over that. The engine compares
    /// content, so a wrong guess costs time and never correctness.
    static String sourceId(Path disk) throws IOException {
        String path = "path:" + disk.toRealPath();
        return path.getBytes(StandardCharsets.UTF_8).length <= SOURCE_ID_BYTES_MAX
                ? path
                : "path-sha256:" + sha256(path);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /// `64K` to `4M`.
    static final class ChunkSizeConverter implements ITypeConverter<ChunkSize> {
        @Override
        public ChunkSize convert(String text) {
            try {
                return ChunkSize.parse(text);
            } catch (IllegalArgumentException refused) {
                throw new TypeConversionException(refused.getMessage());
            }
        }
    }

    /// A share in per cent: more than 0, at most 100.
    static final class ShareConverter implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            try {
                double percent = Double.parseDouble(text.strip());
                if (percent > 0 && percent <= 100) return percent / 100;
            } catch (NumberFormatException _) {
                // Told below, like any other number that is no share.
            }
            throw new TypeConversionException("a number of per cent, more than 0 and at most 100, not " + text);
        }
    }
}
