package io.diskvault.engine.vhd;

import io.diskvault.engine.source.DiskFormatException;
import io.diskvault.engine.source.DiskSource;
import java.io.IOException;
import java.nio.ByteBuffer;

/// A part of a VHD as it is read: which one, and where it lies, so that a complaint can say so.
///
/// @param name as in "the footer"
record VhdPart(DiskSource file, String name, long offset) {

    /// Its bytes.
    ///
    /// @throws DiskFormatException when it does not lie in the file
    ByteBuffer read(int bytes) throws IOException {
        if (offset < 0 || offset > file.sizeBytes() - bytes) {
            throw wrong("does not lie in the file, which has " + file.sizeBytes() + " bytes");
        }
        ByteBuffer content = ByteBuffer.allocate(bytes);
        file.read(content, offset);
        return content.flip();
    }

    /// @param what completes a sentence that begins with the part
    DiskFormatException wrong(String what) {
        return new DiskFormatException("%s cannot be read as a VHD: %s at byte %s %s."
                .formatted(file, name, Long.toUnsignedString(offset), what));
    }
}
