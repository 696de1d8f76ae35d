package io.diskvault.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BooleanSupplier;

/// A download that breaks off when whoever takes it may not do so any more.
final class RevocableStream extends FilterInputStream {
    private final BooleanSupplier mayGoOn;

    RevocableStream(InputStream content, BooleanSupplier mayGoOn) {
        super(content);
        this.mayGoOn = mayGoOn;
    }

    @Override
    public int read() throws IOException {
        requireRight();
        return super.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        requireRight();
        return super.read(into, offset, length);
    }

    private void requireRight() throws IOException {
        if (!mayGoOn.getAsBoolean()) {
            throw new IOException("A download was ended: whoever takes it may not any more.");
        }
    }
}
