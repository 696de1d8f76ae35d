package io.diskvault.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;
import io.diskvault.engine.datastore.RecoveryPoint;
import io.diskvault.engine.vhd.VhdFooter;
import java.util.Arrays;
import java.util.UUID;

/// What kind of file a disk is given as.
public enum ImageFormat {
    /// The disk's bytes and nothing else.
    RAW("raw", "img") {
        @Override
        ImageLayout layoutOf(RecoveryPoint point) {
            return ImageLayout.raw(point.logicalBytes());
        }
    },
    /// A fixed VHD, as Azure and Hyper-V take it: the disk's bytes, zeros up to a whole MiB, and a footer.
    VHD("vhd", "vhd") {
        @Override
        ImageLayout layoutOf(RecoveryPoint point) {
            long padded = VhdFooter.paddedBytes(point.logicalBytes());
            // Of the point and nothing else: whoever asks for the rest of a file later gets the rest of the same.
            UUID id = UUID.nameUUIDFromBytes((point.disk() + "/" + point.id()).getBytes(UTF_8));
            return new ImageLayout(
                    point.logicalBytes(),
                    padded + VhdFooter.BYTES,
                    VhdFooter.fixed(padded, point.snapshotTime(), id).encode());
        }
    };

    private final String text;
    private final String extension;

    ImageFormat(String text, String extension) {
        this.text = text;
        this.extension = extension;
    }

    /// As it is stored and told.
    @JsonValue
    public String text() {
        return text;
    }

    /// How the names of such files end.
    public String extension() {
        return extension;
    }

    abstract ImageLayout layoutOf(RecoveryPoint point);

    /// Reads what [#text] wrote.
    @JsonCreator
    public static ImageFormat of(String text) {
        return Arrays.stream(values())
                .filter(format -> format.text.equals(text))
                .findFirst()
                .orElseThrow(
                        () -> GeneralRejection.invalid("format is %s; it is raw or vhd.".formatted(Quoted.of(text))));
    }
}
