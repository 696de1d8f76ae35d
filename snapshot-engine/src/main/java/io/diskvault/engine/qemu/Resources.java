package io.diskvault.engine.qemu;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/// What one open image consists of, to be closed in the opposite order.
final class Resources implements Closeable {

    private final Deque<Closeable> opened = new ArrayDeque<>();

    <C extends Closeable> C add(C resource) {
        opened.push(resource);
        return resource;
    }

    /// @param closing what to do at the end
    <C> C add(C resource, Closeable closing) {
        opened.push(closing);
        return resource;
    }

    /// Closes everything because something has failed.
    void closeAfter(Exception failure) {
        try {
            close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /// Closes everything, also what comes after something that cannot be closed.
    @Override
    public void close() throws IOException {
        IOException first = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (IOException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
