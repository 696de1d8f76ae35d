package io.diskvault.engine.datastore;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.format.Checksum;
import io.diskvault.engine.format.FileFormat;
import io.diskvault.engine.key.DataKey;
import io.diskvault.engine.key.Randomness;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The bytes of a recovery-point record: header, salt, the sealed fields, checksum. The seal is bound to the record's
/// name, so that a record under another disk or id does not open.
final class PointFile {

    private static final FileFormat FORMAT = new FileFormat("recovery-point record", "DVPOINT\n", 1);
    private static final int SALT_BYTES = 16;

    /// Names and ids are bounded, so no record of any version is longer.
    static final int BYTES_MAX = 64 << 10;

    private static final String ADVICE =
            "Remove this recovery point, or copy its record back from another copy of the datastore.";

    private PointFile() {}

    static byte[] encode(RecoveryPoint point, String file, DataKey key, Randomness randomness) {
        byte[] salt = randomness.bytes(SALT_BYTES);
        byte[] sealed = key.pointSeal(salt).seal(fields(point), boundTo(file));
        ByteBuffer bytes = ByteBuffer.allocate(
                FileFormat.HEADER_BYTES + SALT_BYTES + Integer.BYTES + sealed.length + Checksum.CRC_BYTES);
        FORMAT.writeHeader(bytes);
        bytes.put(salt).putInt(sealed.length).put(sealed);
        bytes.putInt(Checksum.crc32c(bytes.slice(0, bytes.position())));
        return bytes.array();
    }

    static RecoveryPoint decode(byte[] content, String file, DataKey key) throws DatastoreException {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        FORMAT.readHeader(bytes, file);
        int checked = content.length - Checksum.CRC_BYTES;
        int sealedLength = checked - FileFormat.HEADER_BYTES - SALT_BYTES - Integer.BYTES;
        if (sealedLength < 0 || bytes.getInt(checked) != Checksum.crc32c(bytes.slice(0, checked))) {
            throw damaged(file, "its checksum is wrong", null);
        }
        byte[] salt = new byte[SALT_BYTES];
        bytes.get(salt);
        if (bytes.getInt() != sealedLength) {
            throw damaged(file, "its length is not what it says", null);
        }
        byte[] sealed = new byte[sealedLength];
        bytes.get(sealed);
        try {
            return point(ByteBuffer.wrap(key.pointSeal(salt).open(sealed, boundTo(file))));
        } catch (GeneralSecurityException e) {
            throw CorruptDatastoreException.misplaced(file + " is in the wrong place, or was altered: it is not the"
                    + " record of this recovery point, disk and datastore. " + ADVICE);
        } catch (IllegalArgumentException | BufferUnderflowException | DateTimeException e) {
            throw damaged(file, "its fields make no sense", e);
        }
    }

    private static CorruptDatastoreException damaged(String file, String how, @Nullable Exception cause) {
        String message = file + " is damaged: " + how + ". " + ADVICE;
        return cause == null ? new CorruptDatastoreException(message) : new CorruptDatastoreException(message, cause);
    }

    private static byte[] boundTo(String file) {
        return file.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] fields(RecoveryPoint point) {
        ByteBuffer fields = ByteBuffer.allocate(BYTES_MAX / 2);
        putText(fields, point.disk());
        putText(fields, point.id().value());
        Instant time = point.snapshotTime();
        fields.putLong(time.getEpochSecond()).putInt(time.getNano());
        putText(fields, point.parent().map(RecoveryPointId::value).orElse(""));
        putText(fields, point.sourceId());
        fields.put((byte) point.changeDetection().code());
        fields.put((byte) (point.sourceChangedWhileRead() ? 1 : 0));
        fields.putLong(point.logicalBytes())
                .putLong(point.usedBytes())
                .putLong(point.changedBytes())
                .putLong(point.storedBytes());
        fields.put((byte) (point.manifestRoot().isPresent() ? 1 : 0));
        point.manifestRoot().ifPresent(root -> root.writeTo(fields));
        byte[] bytes = new byte[fields.position()];
        fields.flip().get(bytes);
        return bytes;
    }

    private static RecoveryPoint point(ByteBuffer fields) {
        String disk = text(fields);
        RecoveryPointId id = new RecoveryPointId(text(fields));
        Instant snapshotTime = Instant.ofEpochSecond(fields.getLong(), fields.getInt());
        Optional<RecoveryPointId> parent =
                Optional.of(text(fields)).filter(text -> !text.isEmpty()).map(RecoveryPointId::new);
        String sourceId = text(fields);
        ChangeDetection changeDetection = changeDetection(fields.get());
        boolean sourceChangedWhileRead = fields.get() != 0;
        return new RecoveryPoint(
                id,
                disk,
                snapshotTime,
                parent,
                sourceId,
                changeDetection,
                fields.getLong(),
                fields.getLong(),
                fields.getLong(),
                fields.getLong(),
                fields.get() == 0 ? Optional.empty() : Optional.of(ChunkId.readFrom(fields)),
                sourceChangedWhileRead);
    }

    private static ChangeDetection changeDetection(int code) {
        for (ChangeDetection known : ChangeDetection.values()) {
            if (known.code() == code) {
                return known;
            }
        }
        throw new IllegalArgumentException("There is no way of change detection with the code " + code + ".");
    }

    private static void putText(ByteBuffer fields, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        fields.putShort((short) bytes.length).put(bytes);
    }

    private static String text(ByteBuffer fields) {
        byte[] bytes = new byte[Short.toUnsignedInt(fields.getShort())];
        fields.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
